using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AiBms.Telemetry.Devices;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Telemetry.Https;

/// <summary>A pack's way to the server where MQTT does not get through: each batch is one POST, answered after the commit. Orders do not come this way.</summary>
public sealed class HttpLink : IBatchLink
{
    /// <summary>Longest reason of a refusal that is kept, characters.</summary>
    const int LongestReason = 500;

    /// <summary>Largest answer that is read, bytes: whoever is at the other end fills no memory here.</summary>
    const int MostAnswerBytes = 1 << 16;

    readonly HttpClient _client;
    readonly Uri _address;

    /// <param name="server">The server, such as https://HOST:PORT/.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="user">User name; empty for none.</param>
    /// <param name="key">Its secret.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <param name="credentials">The pack's certificate, and whose server is believed; null for none.</param>
    public HttpLink(Uri server, string pack, string user, string key, TimeSpan patience, DeviceCredentials? credentials = null)
    {
        _address = new(server, PathOf(pack));
        SocketsHttpHandler handler = new();
        if (credentials is not null) handler.SslOptions = new() { ClientCertificates = [credentials.Certificate], RemoteCertificateValidationCallback = (_, server, _, errors) => credentials.Trusts(server, errors) };
        _client = new(handler, disposeHandler: true) { Timeout = patience, MaxResponseContentBufferSize = MostAnswerBytes };
        if (user.Length > 0) _client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{key}")));
    }

    /// <summary>Media type of a batch.</summary>
    public const string Cbor = "application/cbor";

    /// <summary>Where a pack's batches are posted.</summary>
    public static string PathOf(string pack) => $"/api/v1/packs/{pack}/batches";

    /// <inheritdoc/>
    public string LastProblem { get; private set; } = "";

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(RecordBatch batch, CancellationToken stop)
    {
        try
        {
            using var content = new ByteArrayContent(batch.ToBytes());
            content.Headers.ContentType = new MediaTypeHeaderValue(Cbor);
            using var answer = await _client.PostAsync(_address, content, stop).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                LastProblem = "";
                return SendOutcome.Durable;
            }

            string reason = await answer.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
            LastProblem = $"The server says {(int)answer.StatusCode}: {reason[..Math.Min(reason.Length, LongestReason)]}";
            return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge ? SendOutcome.Refused : SendOutcome.Unreachable;
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LastProblem = problem.Message;
            return SendOutcome.Unreachable;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
