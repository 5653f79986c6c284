using System.Globalization;
using System.Text;
using AiBms.Server.Api;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AiBms.Server.Notices;

/// <summary>Writes a mail of one or several events.</summary>
sealed class MailWay(MailSettings settings) : INoticeWay
{
    const int ImplicitTlsPort = 465;

    public string Name => $"mail {settings.To} by {settings.Host}";

    public NoticeLevel Level => settings.Level;

    public async Task TellAsync(IReadOnlyList<EventView> events, CancellationToken stop)
    {
        using MimeMessage message = new();
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(MailboxAddress.Parse(settings.To));
        message.Subject = events.Count == 1 ? $"AiBms: {events[0].Pack}: {events[0].Text}" : $"AiBms: {events.Count} events of {events.Select(e => e.Pack).Distinct(StringComparer.Ordinal).Count()} packs";
        message.Body = new TextPart("plain") { Text = TextOf(events) };
        using SmtpClient client = new();
        await client.ConnectAsync(settings.Host, settings.Port, !settings.IsTls ? SecureSocketOptions.None : settings.Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls, stop);
        if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", stop);
        await client.SendAsync(message, stop);
        await client.DisconnectAsync(quit: true, stop);
    }

    static string TextOf(IReadOnlyList<EventView> events)
    {
        StringBuilder text = new();
        foreach (var e in events)
            text.Append(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(e.RaisedMs):yyyy-MM-dd HH:mm:ss} UTC  {e.Level}  {e.Pack}\r\n{e.Text}\r\n{e.Advice}\r\n\r\n");
        return text.ToString();
    }
}
