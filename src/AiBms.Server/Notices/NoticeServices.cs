using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AiBms.Server.Notices;

/// <summary>Puts the ways of telling together.</summary>
static class NoticeServices
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static void AddNotices(this IServiceCollection services, NoticeSettings settings, string folder)
    {
        services.AddSingleton(_ => new NoticeBook(folder));
        services.AddSingleton<IReadOnlyList<INoticeWay>>(s =>
        {
            var json = s.GetRequiredService<IOptions<JsonOptions>>();
            // Whoever answers may not send us elsewhere: the address is the operator's choice.
            HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = s_patience };
            return [.. settings.Webhooks.Select(w => new WebhookWay(w, json, client)), .. settings.Mails.Select(m => new MailWay(m))];
        });
        services.AddHostedService<NoticeSender>();
    }
}
