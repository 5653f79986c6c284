using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;

namespace AiBms.Learning.Boards;

/// <summary>Persistence: the OCV of the first voltage, held for ever.</summary>
sealed class HeldFirst(CellType cell) : ISocEstimator
{
    readonly OcvLookup _lookup = new(cell);
    SocEstimate? _first;

    public void Start(SocStart start)
    {
        _lookup.Start(start);
        _first = start.IsUnknown ? null : new(start.Soc, start.SocDeviation, Math.Max(0, start.Soc - Half(start.SocDeviation)), Math.Min(1, start.Soc + Half(start.SocDeviation)), SocValidity.Valid, double.NaN, double.NaN, double.NaN);
    }

    public SocEstimate Step(in CellSample sample)
    {
        if (_first is { } held) return held;
        var first = _lookup.Step(sample);
        if (double.IsFinite(first.Soc)) _first = first;
        return first;
    }

    static double Half(double deviation) => Interval.NinetyPercent * deviation;
}
