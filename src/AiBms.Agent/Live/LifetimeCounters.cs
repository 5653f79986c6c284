using AiBms.Agent.Chain;
using AiBms.Battery;
using AiBms.Battery.Packs;

namespace AiBms.Agent.Live;

/// <summary>What a warranty asks of a pack's life: throughput, charges, and hours by temperature and charge.</summary>
/// <remarks>
/// Numbers, in the order of <see cref="ToValues"/>: starts, hours, charged Ah, discharged Ah, charged kWh, discharged kWh, charges, fast charges
/// (at a mean above 1C), then hours by temperature (below 10, to 25, to 40, above) and in each by SOC (below 20 %, to 80 %, above),
/// then hours of the pump at full duty's worth, of the chiller and of the heater at full power's worth, and how often the contactors closed.
/// </remarks>
public sealed class LifetimeCounters
{
    /// <summary>How many numbers.</summary>
    public const int Count = Parts + 4;

    const int Classes = 8, Parts = Classes + 12, Closings = Parts + 3;
    const double LongestS = 60, ChargingA = 1;

    readonly double[] _values = new double[Count];
    bool _wasClosed;
    double _chargeAh, _chargeS, _lastS = double.NaN;

    /// <summary>Counts on from kept numbers; without them from zero.</summary>
    public LifetimeCounters(ReadOnlySpan<double> keptValues)
    {
        // What an older agent kept has fewer: those that came later begin at zero.
        if (keptValues.Length is >= Parts and <= Count) keptValues.CopyTo(_values);
    }

    /// <summary>How often the agent was started.</summary>
    public int StartCount => (int)_values[0];

    /// <summary>A start of the agent.</summary>
    public void Start() => _values[0]++;

    /// <summary>All numbers, rounded to what a screen needs.</summary>
    public double[] ToValues() => [.. _values.Select(v => Math.Round(v, 3))];

    /// <summary>Counts a step. Allocates nothing.</summary>
    /// <param name="chain">After its step.</param>
    /// <param name="capacityAh">Rated capacity of the pack, Ah.</param>
    public void Add(PackChain chain, double capacityAh)
    {
        var reading = chain.Reading;
        double stepS = reading.TimeS - _lastS;
        _lastS = reading.TimeS;
        if (!(stepS > 0 && stepS < LongestS)) return;
        double hour = stepS / Units.SecondsPerHour;
        _values[1] += hour;
        double currentA = reading.Quality(PackSignal.CurrentA) == SignalQuality.Good ? reading[PackSignal.CurrentA] : 0;
        double voltageV = reading.Quality(PackSignal.PackVoltageV) == SignalQuality.Good ? reading[PackSignal.PackVoltageV] : 0;
        int direction = currentA > 0 ? 0 : 1;
        _values[2 + direction] += Math.Abs(currentA) * hour;
        _values[4 + direction] += 1e-3 * Math.Abs(currentA) * voltageV * hour;
        Charges(reading.ChargerConnected && currentA > ChargingA, currentA, hour, stepS, capacityAh);
        (double hottestDegC, double soc) = (chain.State.HotSpot.TemperatureDegC, chain.State.MeanSoc.Soc);
        Wear(chain.Command, hour);
        if (double.IsFinite(hottestDegC) && double.IsFinite(soc)) _values[Classes + 3 * Class(hottestDegC, 10, 25, 40) + Class(soc, 0.2, 0.8, 2)] += hour;
    }

    void Wear(PackCommand command, double hour)
    {
        _values[Parts] += command.PumpDutyFraction * hour;
        _values[Parts + 1] += command.ChillerFraction * hour;
        _values[Parts + 2] += command.HeaterFraction * hour;
        bool isClosed = command is { PlusClosed: true, MinusClosed: true };
        if (isClosed && !_wasClosed) _values[Closings]++;
        _wasClosed = isClosed;
    }

    void Charges(bool isCharging, double currentA, double hour, double stepS, double capacityAh)
    {
        if (isCharging)
        {
            (_chargeAh, _chargeS) = (_chargeAh + currentA * hour, _chargeS + stepS);
        }
        else if (_chargeS > 0)
        {
            if (_chargeAh > 0.01 * capacityAh)
            {
                _values[6]++;
                if (_chargeAh / _chargeS * Units.SecondsPerHour > capacityAh) _values[7]++;
            }

            (_chargeAh, _chargeS) = (0, 0);
        }
    }

    static int Class(double value, double first, double second, double third)
    {
        if (value < first) return 0;
        if (value < second) return 1;
        return value < third ? 2 : 3;
    }
}
