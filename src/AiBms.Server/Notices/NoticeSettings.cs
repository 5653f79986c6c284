using AiBms.Telemetry;

namespace AiBms.Server.Notices;

/// <summary>Who is told of events outside of the dashboard: one JSON file, named by --notify. Passwords lie in files of their own.</summary>
sealed record NoticeSettings
{
    /// <summary>Addresses that take events as JSON.</summary>
    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    /// <summary>People who are written to.</summary>
    public IReadOnlyList<MailSettings> Mails { get; init; } = [];

    /// <exception cref="DataException">It cannot be used; the sentence says why.</exception>
    public static NoticeSettings Read(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var (settings, _) = SettingsFile.Read<NoticeSettings>(path, "notices", "--notify", "an object with webhooks or mails", "docs/guide/fleet.md");
        settings = settings with { Webhooks = [.. settings.Webhooks.Select(w => w.Validated(folder))], Mails = [.. settings.Mails.Select(m => m.Validated(folder))] };
        return settings.Webhooks.Count + settings.Mails.Count > 0 ? settings : throw new DataException($"The file of notices {path} names nobody: write webhooks or mails.");
    }
}
