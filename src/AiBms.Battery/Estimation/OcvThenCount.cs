using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation;

/// <summary>Takes the first voltage for the OCV, then counts: the usual shortcut, exact only when the recording begins at rest.</summary>
public sealed class OcvThenCount : ISocEstimator
{
    readonly CoulombCounter _counter;
    readonly OcvLookup _lookup;
    bool _begun;

    /// <param name="cell">A cell with a circuit.</param>
    public OcvThenCount(CellType cell) => (_counter, _lookup) = (new(cell), new(cell));

    /// <inheritdoc/>
    public void Start(SocStart start)
    {
        _counter.Start(start);
        _lookup.Start(start);
        _begun = !start.IsUnknown;
    }

    /// <inheritdoc/>
    public SocEstimate Step(in CellSample sample)
    {
        if (!_begun)
        {
            var first = _lookup.Step(sample);
            if (double.IsNaN(first.Soc)) return first;
            _counter.Start(SocStart.Told(first.Soc, first.SocDeviation));
            _begun = true;
        }

        return _counter.Step(sample);
    }
}
