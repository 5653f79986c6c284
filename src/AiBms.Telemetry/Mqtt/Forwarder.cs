using System.Threading.Channels;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AiBms.Telemetry.Mqtt;

/// <summary>Carries a pack's records from the journal to the server, oldest first, and lets them go once they are durable there.</summary>
/// <param name="journal">Where they wait.</param>
/// <param name="pack">Whose.</param>
/// <param name="link">The way to the server.</param>
/// <param name="time">Clock for waiting.</param>
public sealed class Forwarder(PackJournal journal, string pack, IBatchLink link, TimeProvider time)
{
    /// <summary>Records of one batch while catching up.</summary>
    const int BatchRecords = 200;

    static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250), s_longestPause = TimeSpan.FromSeconds(30), s_disk = TimeSpan.FromSeconds(1);

    readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    TimeSpan _pause = s_firstPause;

    /// <summary>Batches that the server refused; they stay, and are tried again.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>What went wrong last, in words; empty while all is well.</summary>
    public string LastProblem => link.LastProblem;

    /// <summary>Says that there is something new to send.</summary>
    public void Wake() => _work.Writer.TryWrite(true);

    /// <summary>Sends one batch, where there is one, and waits for the answer.</summary>
    /// <returns>How long to wait before the next; infinite where nothing waits to be sent.</returns>
    public async Task<TimeSpan> StepAsync(CancellationToken stop)
    {
        var records = journal.Waiting(pack, 0, BatchRecords);
        if (records.Count == 0) return Timeout.InfiniteTimeSpan;
        var outcome = await link.SendAsync(new(pack, journal.Epoch(pack), records), stop).ConfigureAwait(false);
        if (outcome == SendOutcome.Durable)
        {
            journal.Acknowledge(pack, records[^1].SeqEnd);
            _pause = s_firstPause;
            return TimeSpan.Zero;
        }

        if (outcome == SendOutcome.Refused) RefusedCount++;
        var pause = _pause;
        _pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        return pause;
    }

    /// <summary>Works until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var pause = await StepAsync(stop).ConfigureAwait(false);
                if (pause == Timeout.InfiniteTimeSpan) await _work.Reader.ReadAsync(stop).ConfigureAwait(false);
                else if (pause > TimeSpan.Zero) await Task.Delay(pause, time, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (SqliteException)
            {
                // What the server has and the journal could not let go comes again, and is known there. The journal says what is wrong with its disk.
                await Task.Delay(s_disk, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
