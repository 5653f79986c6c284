using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Telemetry;

namespace AiBms.Server.Notices;

/// <summary>Who is told of events outside of the dashboard: one JSON file, named by --notify. Passwords lie in files of their own.</summary>
sealed record NoticeSettings
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>Addresses that take events as JSON.</summary>
    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    /// <summary>People who are written to.</summary>
    public IReadOnlyList<MailSettings> Mails { get; init; } = [];

    /// <exception cref="DataException">It cannot be used; the sentence says why.</exception>
    public static NoticeSettings Read(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            var settings = JsonSerializer.Deserialize<NoticeSettings>(File.ReadAllBytes(path), s_json) ?? throw new DataException($"The file of notices {path} is empty: write an object with webhooks or mails.");
            settings = settings with { Webhooks = [.. settings.Webhooks.Select(w => w.Validated(folder))], Mails = [.. settings.Mails.Select(m => m.Validated(folder))] };
            return settings.Webhooks.Count + settings.Mails.Count > 0 ? settings : throw new DataException($"The file of notices {path} names nobody: write webhooks or mails.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The file of notices {path} cannot be read ({problem.Message.TrimEnd('.')}): name another by --notify.", problem);
        }
        catch (JsonException problem)
        {
            throw new DataException($"The file of notices {path} cannot be understood at {problem.Path ?? "its begin"}, line {problem.LineNumber + 1}: see docs/guide/fleet.md.", problem);
        }
    }
}
