using AiBms.Telemetry.Frames;

namespace AiBms.Telemetry.Mqtt;

/// <summary>A way to the server: MQTT, or HTTPS.</summary>
public interface IBatchLink : IAsyncDisposable
{
    /// <summary>Sends a batch and waits until it is durable there, refused, or nobody answers. Network failures are an outcome, not thrown.</summary>
    Task<SendOutcome> SendAsync(RecordBatch batch, CancellationToken stop);

    /// <summary>What went wrong last, in words; empty where nothing did.</summary>
    string LastProblem { get; }
}
