using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Numerics;

namespace AiBms.Agent.Live;

/// <summary>How a simulated pack is used: it is driven until it is low, charged until it is full, and stands in between.</summary>
/// <param name="vehicle">The car; its battery is scaled to the pack.</param>
/// <param name="packEnergyWh">Energy of the pack, Wh.</param>
/// <param name="ambientDegC">Surroundings, °C.</param>
/// <param name="seed">Same seed, same trips.</param>
public sealed class TwinUse(VehicleOptions vehicle, double packEnergyWh, double ambientDegC, int seed)
{
    const double LowSoc = 0.25, FullSoc = 0.9, ShortestS = 300, LongestS = 2400;

    readonly DrivePower _drive = new(vehicle, SeededStream.For((ulong)seed, "drive"));
    readonly SeededStream _pauses = SeededStream.For((ulong)seed, "pauses");
    readonly double _share = packEnergyWh / vehicle.BatteryEnergyWh;
    double _powerW, _powerUntilS, _standUntilS;
    bool _isCharging;

    /// <summary>True while it stands at a charger.</summary>
    public bool IsCharging => _isCharging;

    /// <summary>Starts at the charger instead of on the road.</summary>
    public void Plug() => _isCharging = true;

    /// <summary>What the world does now. Allocates nothing.</summary>
    /// <param name="timeS">Time, s.</param>
    /// <param name="soc">True mean SOC, 0…1.</param>
    public TwinLoad At(double timeS, double soc)
    {
        if (timeS < _standUntilS) return TwinLoad.Rest(ambientDegC);
        bool isTurn = _isCharging ? soc >= FullSoc : soc <= LowSoc;
        if (isTurn)
        {
            _isCharging = !_isCharging;
            _standUntilS = timeS + ShortestS + (LongestS - ShortestS) * _pauses.NextFraction();
            return TwinLoad.Rest(ambientDegC);
        }

        if (_isCharging) return TwinLoad.Charger(ambientDegC);
        if (timeS >= _powerUntilS) (_powerW, _powerUntilS) = (_drive.NextW() * _share, Math.Floor(timeS) + 1);
        return TwinLoad.Power(_powerW, ambientDegC);
    }
}
