using AiBms.Agent.Live;
using AiBms.Battery.Packs;

namespace AiBms.Server.Demo;

/// <summary>A pack of the demo and how far it has come.</summary>
/// <param name="pack">Its loop.</param>
/// <param name="layout">What it is.</param>
sealed class DemoPack(LivePack pack, PackLayout layout)
{
    /// <summary>A pause of a record is shown no longer than this, s of the record.</summary>
    const double LongestPauseS = 60;

    double _lastS = double.NaN;

    public LivePack Pack => pack;

    public PackLayout Layout => layout;

    /// <summary>Time shown so far, s: that of the port, its pauses cut.</summary>
    public double ShownS { get; private set; }

    /// <summary>True once a record has no more rows.</summary>
    public bool IsOver { get; private set; }

    public void Step()
    {
        if (IsOver) return;
        IsOver = !pack.Step();
        double nowS = pack.Chain.Reading.TimeS, stepS = double.IsNaN(_lastS) ? 0 : nowS - _lastS;
        _lastS = nowS;
        if (stepS > 0) ShownS += Math.Min(stepS, LongestPauseS);
    }
}
