using AiBms.Server.Access;
using AiBms.Telemetry;

namespace AiBms.Server.Notices;

/// <summary>Somebody who is written to, and by which server.</summary>
sealed record MailSettings
{
    public required string Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>True asks for TLS, from the first byte on port 465, else by STARTTLS; false only for a server on this machine.</summary>
    public bool IsTls { get; init; } = true;

    public required string From { get; init; }

    public required string To { get; init; }

    public NoticeLevel Level { get; init; } = NoticeLevel.Fatal;

    public string? User { get; init; }

    /// <summary>File of the user's password.</summary>
    public string? PasswordFile { get; init; }

    internal string? Password { get; init; }

    public MailSettings Validated(string folder)
    {
        if (Port is < 1 or > 65535) throw new DataException($"The port {Port} of the mail server {Host} cannot be used: give 1 to 65535.");
        if (!IsTls && Host is not ("localhost" or "127.0.0.1" or "::1")) throw new DataException($"Mail to {Host} without TLS would go in the clear: take isTls away.");
        foreach (string address in (ReadOnlySpan<string>)[From, To])
            if (!MimeKit.MailboxAddress.TryParse(address, out _)) throw new DataException($"'{address}' is no mail address: give NAME@HOST.");
        return this with { Password = SecretFile.Read(PasswordFile, folder) };
    }
}
