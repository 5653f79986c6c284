namespace AiBms.Agent.Chain;

/// <summary>A ring of events between the loop and whoever listens: nothing is allocated, and what is lost is counted.</summary>
public sealed class EventLog
{
    readonly PackEvent[] _ring = new PackEvent[1024];
    long _written, _taken;

    /// <summary>Events that were overwritten before anybody took them.</summary>
    public long LostCount { get; private set; }

    /// <summary>Takes the oldest event.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryTake(out PackEvent taken)
    {
        taken = default;
        if (_taken == _written) return false;
        taken = _ring[_taken++ % _ring.Length];
        return true;
    }

    internal void Add(in PackEvent added)
    {
        if (_written - _taken == _ring.Length)
        {
            _taken++;
            LostCount++;
        }

        _ring[_written++ % _ring.Length] = added;
    }
}
