using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation;

/// <summary>What the filter believes before it has seen anything. How they were chosen stands in docs/decisions/0005.</summary>
public sealed record SocFilterOptions
{
    /// <summary>Offset of the current sensor before anything is known, one standard deviation, as a fraction of the 1C current.</summary>
    public double OffsetCRateDeviation { get; init; } = 0.015;

    /// <summary>How far the offset may wander in an hour, one standard deviation, as a fraction of the 1C current.</summary>
    public double OffsetWalkCRatePerRootHour { get; init; } = 0.003;

    /// <summary>Relative error of the current sensor's gain, one standard deviation.</summary>
    public double GainDeviation { get; init; } = 0.005;

    /// <summary>Seconds over which a gain error acts one way.</summary>
    public double GainCorrelationS { get; init; } = 1200;

    /// <summary>Relative error of all resistances together (ageing, temperature sensor), one standard deviation.</summary>
    public double ResistanceFactorDeviation { get; init; } = 0.08;

    /// <summary>The same where no temperature is known: from 25 °C to −10 °C resistances grow threefold and more.</summary>
    public double UnknownTemperatureFactorDeviation { get; init; } = 1;

    /// <summary>How far the resistances may wander in an hour, one standard deviation, relative.</summary>
    public double ResistanceWalkPerRootHour { get; init; } = 0.03;

    /// <summary>Smallest standard deviation believed of the circuit's slow voltage error, V.</summary>
    public double LeastVoltageErrorV { get; init; } = 0.004;

    /// <summary>Mean discharge before a start with unknown history, found under load, as a fraction of the 1C current.</summary>
    public double PastLoadCRate { get; init; } = 0.3;

    /// <summary>How far that mean may be off, one standard deviation, as a fraction of the 1C current.</summary>
    public double PastLoadCRateDeviation { get; init; } = 0.25;

    /// <summary>How far the load of some minutes may be from that of the hour before, one standard deviation, as a fraction of the 1C current.</summary>
    public double LoadChangeCRate { get; init; } = 0.15;

    /// <summary>Voltage error to assume for a cell whose circuit was never compared with measurements.</summary>
    public static VoltageError UncheckedVoltageError { get; } = new()
    {
        TemperatureDegC = [-20, 0, 20],
        LoadDeviationV = [0.05, 0.03, 0.02],
        NoiseDeviationV = [0.02, 0.01, 0.005],
        RestDeviationV = 0.01,
        CorrelationS = 600,
    };

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> when a number makes no sense.</summary>
    public SocFilterOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(OffsetCRateDeviation);
        ArgumentOutOfRangeException.ThrowIfNegative(OffsetWalkCRatePerRootHour);
        ArgumentOutOfRangeException.ThrowIfNegative(GainDeviation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(GainCorrelationS);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ResistanceFactorDeviation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(UnknownTemperatureFactorDeviation);
        ArgumentOutOfRangeException.ThrowIfNegative(ResistanceWalkPerRootHour);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LeastVoltageErrorV);
        ArgumentOutOfRangeException.ThrowIfNegative(PastLoadCRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PastLoadCRateDeviation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LoadChangeCRate);
        return this;
    }
}
