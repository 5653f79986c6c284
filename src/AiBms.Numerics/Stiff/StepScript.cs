namespace AiBms.Numerics.Stiff;

/// <summary>The step lengths of a run, written down and then followed by other runs of nearly the same system.</summary>
/// <remarks>
/// With the steps held, a solution depends smoothly on its parameters, so that differences of two solutions are derivatives without the
/// noise of step control: internal numerical differentiation (Bock, in "Modelling of Chemical Reaction Systems", Springer 1981, p. 102,
/// doi:10.1007/978-3-642-68220-9_8). A segment begins at each <see cref="IStepper.Start"/>.
/// </remarks>
public sealed class StepScript
{
    readonly List<double> _lengths = [];
    readonly List<int> _segments = [];
    int _segment = -1, _at;

    /// <summary>Whether lengths are followed; otherwise they are written down.</summary>
    public bool Follows { get; private set; }

    /// <summary>From here on the script is followed from its beginning.</summary>
    public void Follow() => (Follows, _segment, _at) = (true, -1, 0);

    /// <summary>A new start of the integrator.</summary>
    internal void Begin()
    {
        _segment++;
        if (!Follows) _segments.Add(_lengths.Count);
        else _at = _segment < _segments.Count ? _segments[_segment] : _lengths.Count;
    }

    /// <summary>Writes a step down; infinite when it ended where it had to.</summary>
    internal void Add(double length) => _lengths.Add(length);

    /// <summary>The next length; false when the segment has no more.</summary>
    internal bool Next(out double length)
    {
        int end = _segment + 1 < _segments.Count ? _segments[_segment + 1] : _lengths.Count;
        length = _at < end ? _lengths[_at++] : 0;
        return length > 0;
    }
}
