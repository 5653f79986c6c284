using AiBms.Numerics;

namespace AiBms.Battery.Simulation;

/// <summary>Power of a seeded drive, second by second: trips of speeding up, cruising, braking and standing still.</summary>
/// <remarks>
/// P = (m·a + ½·ρ·c_d·A·v² + c_r·m·g)·v, over the efficiency while driving, times it while braking. Positive while charging.
/// Source of the road load: Guzzella and Sciarretta, "Vehicle Propulsion Systems", chapter 2.
/// </remarks>
/// <param name="vehicle">The car.</param>
/// <param name="noise">Where the trips come from.</param>
public sealed class DrivePower(VehicleOptions vehicle, SeededStream noise)
{
    const double AirDensityKgPerM3 = 1.2, GravityMPerS2 = 9.81;
    double _speedMPerS, _cruiseMPerS, _accelerationMPerS2, _restS, _cruiseS;

    /// <summary>Speed at the end of the last second, m/s.</summary>
    public double SpeedMPerS => _speedMPerS;

    /// <summary>Mean power of the whole battery over the next second, W, positive while charging.</summary>
    public double NextW()
    {
        double beforeMPerS = _speedMPerS;
        Drive();
        double accelerationMPerS2 = _speedMPerS - beforeMPerS, meanMPerS = (_speedMPerS + beforeMPerS) / 2;
        double forceN = vehicle.MassKg * accelerationMPerS2 + (meanMPerS > 0 ? vehicle.RollingRatio * vehicle.MassKg * GravityMPerS2 : 0)
            + 0.5 * AirDensityKgPerM3 * vehicle.DragAreaM2 * meanMPerS * meanMPerS;
        double wheelW = forceN * meanMPerS;
        double batteryW = wheelW >= 0 ? wheelW / vehicle.DriveEfficiency : wheelW * vehicle.RegenerationFraction * vehicle.DriveEfficiency;
        return -batteryW - vehicle.AccessoryPowerW;
    }

    /// <summary>One second: stand, speed up to the cruise, hold it, brake.</summary>
    void Drive()
    {
        if (_restS > 0)
        {
            _restS--;
            if (_restS <= 0) Depart();
        }
        else if (_accelerationMPerS2 > 0)
        {
            _speedMPerS = Math.Min(_cruiseMPerS, _speedMPerS + _accelerationMPerS2);
            if (_speedMPerS >= _cruiseMPerS) _accelerationMPerS2 = 0;
        }
        else if (_cruiseS > 0)
        {
            _cruiseS--;
            // Traffic: the held speed wanders.
            _speedMPerS = Math.Clamp(_speedMPerS + 0.25 * noise.NextNormal(), 1, _cruiseMPerS * 1.1);
            if (_cruiseS <= 0) _accelerationMPerS2 = -Between(0.6, 2.2);
        }
        else
        {
            _speedMPerS = Math.Max(0, _speedMPerS + Math.Min(_accelerationMPerS2, -0.1));
            if (_speedMPerS <= 0) _restS = Math.Round(Between(3, 40));
        }
    }

    /// <summary>A third of the trips are on faster roads.</summary>
    void Depart()
    {
        bool isFast = Between(0, 1) < 1 / 3.0;
        _cruiseMPerS = isFast ? Between(20, 33) : Between(7, 16);
        _cruiseS = Math.Round(isFast ? Between(60, 400) : Between(10, 90));
        _accelerationMPerS2 = Between(0.6, 2.4);
    }

    double Between(double low, double high) => low + (high - low) * noise.NextFraction();
}
