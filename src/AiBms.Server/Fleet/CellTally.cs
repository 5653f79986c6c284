using AiBms.Telemetry.Frames;

namespace AiBms.Server.Fleet;

/// <summary>How far each cell stood from the middle cell on average since the server started: the plainest sign of a weak one.</summary>
/// <remarks>One thread adds; whoever reads meanwhile sees sums that are a frame apart at most.</remarks>
sealed class CellTally
{
    double[] _sumV = [], _sorted = [];
    long[] _counts = [];

    /// <summary>Frames that were looked at.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Takes in a frame; signals that are not believed are left out.</summary>
    public void Add(PackFrame frame)
    {
        double[] volts = frame.CellVoltageV;
        if (_sumV.Length != volts.Length) (_sumV, _counts, _sorted, FrameCount) = (new double[volts.Length], new long[volts.Length], new double[volts.Length], 0);
        HashSet<int> bad = [.. frame.BadSignals().Select(b => b.Signal)];
        int known = 0;
        for (int k = 0; k < volts.Length; k++)
            if (double.IsFinite(volts[k]) && !bad.Contains(k)) _sorted[known++] = volts[k];
        if (known < 2) return;
        _sorted.AsSpan(0, known).Sort();
        double middleV = _sorted[known / 2];
        FrameCount++;
        for (int k = 0; k < volts.Length; k++)
        {
            if (!double.IsFinite(volts[k]) || bad.Contains(k)) continue;
            _sumV[k] += volts[k] - middleV;
            _counts[k]++;
        }
    }

    /// <summary>Cells with their mean distance from the middle cell, V, the lowest first.</summary>
    public IEnumerable<(int Cell, double MeanV)> Lowest() =>
        Enumerable.Range(0, _sumV.Length).Where(k => _counts[k] > 0).Select(k => (k, _sumV[k] / _counts[k])).OrderBy(c => c.Item2);
}
