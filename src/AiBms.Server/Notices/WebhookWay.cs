using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AiBms.Server.Api;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AiBms.Server.Notices;

/// <summary>POSTs events as a JSON list, as GET /api/v1/events gives them; taken where the answer is 2xx.</summary>
sealed class WebhookWay(WebhookSettings settings, IOptions<JsonOptions> json, HttpClient client) : INoticeWay
{
    /// <summary>Carries the signature of the body's bytes: sha256=HEX.</summary>
    public const string SignatureHeader = "X-AiBms-Signature";

    public string Name => $"webhook {settings.Url.GetLeftPart(UriPartial.Path)}";

    public NoticeLevel Level => settings.Level;

    public async Task TellAsync(IReadOnlyList<EventView> events, CancellationToken stop)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(events, json.Value.SerializerOptions);
        using HttpRequestMessage request = new(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (settings.Secret is { } secret) request.Headers.Add(SignatureHeader, "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
    }
}
