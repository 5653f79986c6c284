using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;

namespace AiBms.Agent.Live;

/// <summary>A simulated pack in use, behind the port of a real one: each reading is taken a step after the one before.</summary>
/// <remarks>Steps are short while contactors move and while a cell bleeds, whose tap must be looked at in between and settles afterwards.</remarks>
public sealed class PacedTwin : IPackPort
{
    const double FineStepS = 0.1, FineUntilS = 10, SettleS = 1;

    readonly PackTwin _twin;
    readonly TwinUse _use;
    readonly double _stepS;
    double _bledS = double.NegativeInfinity;
    bool _isFine = true;

    /// <param name="options">Which pack.</param>
    /// <param name="use">How it is used.</param>
    /// <param name="stepS">Time between readings, s, &gt; 0.</param>
    public PacedTwin(PackTwinOptions options, TwinUse use, double stepS)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepS);
        (_twin, _use, _stepS) = (new(options), use, stepS);
    }

    /// <inheritdoc/>
    public PackLayout Layout => _twin.Layout;

    /// <summary>Time, s.</summary>
    public double TimeS => _twin.Truth.TimeS;

    /// <inheritdoc/>
    public bool TryRead(PackReading reading)
    {
        _twin.Step(_use.At(_twin.Truth.TimeS, _twin.Truth.MeanSoc), _isFine ? FineStepS : _stepS);
        return _twin.TryRead(reading);
    }

    /// <inheritdoc/>
    public void Write(PackCommand command)
    {
        bool isMoving = _twin.Truth.TimeS < FineUntilS || command.PrechargeClosed || (command.PlusClosed && command.MinusClosed) != _twin.Truth.IsOnLine;
        if (Array.IndexOf(command.Bleed, true) >= 0) _bledS = _twin.Truth.TimeS;
        _isFine = isMoving || _twin.Truth.TimeS < _bledS + SettleS;
        _twin.Write(command);
    }

    /// <summary>Lets something go wrong from now on.</summary>
    /// <param name="text">As <see cref="FaultText"/> has it, without times.</param>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public void Inject(string text)
    {
        var fault = FaultText.Parse(text, Layout);
        _twin.Inject(fault with { StartS = _twin.Truth.TimeS });
    }
}
