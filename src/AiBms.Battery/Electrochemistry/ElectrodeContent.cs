using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry;

/// <summary>The lithium that an electrode holds, a second material at the same potential with it, by the stoichiometry of the first.</summary>
sealed class ElectrodeContent
{
    readonly ElectrodeParameters _electrode;
    readonly double _firstAh, _secondAh, _temperatureK;

    public ElectrodeContent(ParameterSet set, ElectrodeParameters electrode)
    {
        (_electrode, _temperatureK) = (electrode, set.ReferenceTemperatureK);
        _firstAh = set.ElectrodeCapacityAh(electrode);
        // The second material lies in the same layer.
        if (electrode.Second is { } second) _secondAh = set.ElectrodeCapacityAh(electrode with { ActiveFraction = second.ActiveFraction, MaximumConcentrationMolPerM3 = second.MaximumConcentrationMolPerM3 });
        InitialAh = electrode.InitialStoichiometry * _firstAh + (electrode.Second?.InitialStoichiometry ?? 0) * _secondAh;
    }

    /// <summary>What the set starts with, Ah.</summary>
    public double InitialAh { get; }

    /// <summary>What is held, Ah.</summary>
    public double HeldAh(double x) => x * _firstAh + (_secondAh == 0 ? 0 : _secondAh * _electrode.SecondStoichiometry(x, _temperatureK));

    /// <summary>How it changes with the stoichiometry, Ah; the potential of the first material has the slope <paramref name="slopeV"/> there.</summary>
    public double SlopeAh(double x, double slopeV)
    {
        if (_electrode.Second is not { } second) return _firstAh;
        second.RestPotentialV(_electrode.SecondStoichiometry(x, _temperatureK), _temperatureK, out double secondSlopeV);
        return _firstAh + _secondAh * slopeV / secondSlopeV;
    }

    /// <summary>The stoichiometry at which so much is held; with a second material that of 0…1 which is nearest to it.</summary>
    public double Holding(double chargeAh) => _secondAh == 0 ? chargeAh / _firstAh : RootOfRising(HeldAh, chargeAh, 0, 1);

    /// <summary>Where a rising function has a value; the nearer end where it has it nowhere.</summary>
    internal static double RootOfRising(Func<double, double> of, double target, double low, double high)
    {
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (of(middle) < target) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}
