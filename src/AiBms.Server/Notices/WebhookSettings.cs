using AiBms.Telemetry;

namespace AiBms.Server.Notices;

/// <summary>An address that takes events as JSON.</summary>
sealed record WebhookSettings
{
    public required Uri Url { get; init; }

    public NoticeLevel Level { get; init; } = NoticeLevel.Warning;

    /// <summary>File of the secret that bodies are signed with (HMAC-SHA256); null for none.</summary>
    public string? SecretFile { get; init; }

    internal string? Secret { get; init; }

    public WebhookSettings Validated(string folder) => Url.IsAbsoluteUri && Url.Scheme is "http" or "https"
        ? this with { Secret = Access.SecretFile.Read(SecretFile, folder) } : throw new DataException($"The webhook {Url} cannot be used: give http:// or https://.");
}
