using AiBms.Telemetry.Frames;

namespace AiBms.Telemetry.Mqtt;

/// <summary>A pack's line through somebody else's broker: a batch is durable when the server says so on the pack's own topic, whatever the broker acknowledges.</summary>
public sealed class BrokerLink : IBatchLink
{
    readonly TimeSpan _patience;
    readonly string _pack;
    readonly Action<byte[]> _onCommand;
    readonly MqttLine _line;
    TaskCompletionSource<BatchAnswer>? _waits;
    (long Epoch, long Seq) _sent;

    /// <param name="options">Where the broker is.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="onCommand">Takes the body of a command; called on a thread of the connection.</param>
    public BrokerLink(LinkOptions options, string pack, Action<byte[]> onCommand)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_patience, _pack, _onCommand) = (options.Patience, pack, onCommand);
        _line = new(options, pack, "broker", [Topics.Answer(pack), Topics.Command(pack)], Receive);
    }

    /// <inheritdoc/>
    public string LastProblem { get; private set; } = "";

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(RecordBatch batch, CancellationToken stop)
    {
        try
        {
            TaskCompletionSource<BatchAnswer> waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (_sent, _waits) = ((batch.Epoch, batch.Records[^1].SeqEnd), waits);
            var taken = await _line.PublishAsync(batch, stop).ConfigureAwait(false);
            if (!taken.IsSuccess) return Problem($"The broker says {taken.ReasonCode} {taken.ReasonString}", SendOutcome.Unreachable);
            var answer = await waits.Task.WaitAsync(_patience, stop).ConfigureAwait(false);
            return answer.Refusal.Length > 0 ? Problem(answer.Refusal, SendOutcome.Refused) : Problem("", SendOutcome.Durable);
        }
        catch (TimeoutException)
        {
            return Problem("The broker took the batch, but no server says that it is stored.", SendOutcome.Unreachable);
        }
        catch (Exception problem) when (MqttLine.IsBroken(problem, stop))
        {
            return Problem(problem.Message, SendOutcome.Unreachable);
        }
    }

    SendOutcome Problem(string what, SendOutcome outcome)
    {
        LastProblem = what;
        return outcome;
    }

    void Receive(string topic, byte[] body)
    {
        if (topic == Topics.Command(_pack)) _onCommand(body);
        if (topic != Topics.Answer(_pack)) return;
        try
        {
            var answer = BatchAnswer.Of(body);
            // Cumulative: an answer to a later batch, or one that a second server gives, says the same of this one. A refusal is of the batch that it names.
            bool isOfThis = answer.Epoch == _sent.Epoch && (answer.Refusal.Length > 0 ? answer.Seq == _sent.Seq : answer.Seq >= _sent.Seq);
            if (isOfThis) _waits?.TrySetResult(answer);
        }
        catch (DataException problem)
        {
            LastProblem = problem.Message;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _line.DisposeAsync();
}
