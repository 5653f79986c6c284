namespace AiBms.Agent.Live;

/// <summary>Keeps the last minute of frames at full rate, and hands them on when something happens, with the minute after it.</summary>
/// <remarks>What is handed on goes to the journal at once: from then on it outlives a loss of power.</remarks>
/// <param name="beforeS">So long before an event, s; 0 for no recorder.</param>
/// <param name="afterS">So long after it, s.</param>
/// <param name="write">Takes time, ms since 1970, and body of a frame that is to be kept.</param>
sealed class EventRecorder(double beforeS, double afterS, Action<long, byte[]> write)
{
    readonly Queue<(double TimeS, long TimeMs, byte[] Body)> _before = new();
    double _untilS = double.NegativeInfinity;

    /// <summary>True where frames are wanted at full rate.</summary>
    public bool IsOn => beforeS > 0;

    /// <summary>An event begins: what is held is handed on, oldest first, and what comes in the time after it.</summary>
    public void Begin(double nowS)
    {
        if (!IsOn) return;
        _untilS = nowS + afterS;
        while (_before.TryDequeue(out var frame)) write(frame.TimeMs, frame.Body);
    }

    /// <summary>Takes the frame of a step.</summary>
    public void Add(double nowS, long nowMs, byte[] body)
    {
        if (nowS <= _untilS)
        {
            write(nowMs, body);
            return;
        }

        _before.Enqueue((nowS, nowMs, body));
        // A clock that began anew leaves nothing behind that could be told apart.
        while (_before.TryPeek(out var oldest) && !(nowS - oldest.TimeS <= beforeS && oldest.TimeS <= nowS)) _before.Dequeue();
    }
}
