using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Mqtt;

namespace AiBms.Trials.Simulation;

/// <summary>An agent's way to the server in a simulated world: what is sent comes later, twice, damaged or never, and so does the answer.</summary>
/// <param name="send">Gives a message to the network: its number and its bytes.</param>
/// <param name="mixes">True where any answer is taken for the one that is waited for.</param>
sealed class SimLink(Action<long, byte[]> send, bool mixes) : IBatchLink
{
    TaskCompletionSource<SendOutcome>? _waits;
    long _number;

    public string LastProblem { get; private set; } = "";

    /// <summary>Number of the message that an answer is waited for; 0 for none.</summary>
    public long Awaited => _waits is null ? 0 : _number;

    public Task<SendOutcome> SendAsync(RecordBatch batch, CancellationToken stop)
    {
        // Continues at once where it is completed: everything happens on the one thread.
        _waits = new();
        var task = _waits.Task;
        send(++_number, batch.ToBytes());
        return task;
    }

    /// <summary>An answer, or that nobody answered.</summary>
    public void Answer(long number, SendOutcome outcome)
    {
        if (_waits is not { } waits || (number != _number && !mixes)) return;
        _waits = null;
        LastProblem = outcome == SendOutcome.Durable ? "" : outcome.ToString();
        waits.SetResult(outcome);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
