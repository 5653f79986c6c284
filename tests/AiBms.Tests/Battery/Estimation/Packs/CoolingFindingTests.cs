using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Estimation.Packs;

/// <summary>What estimates say of the cooling of a simulated immersion pack whose sensors err.</summary>
public class CoolingFindingTests
{
    const double StepS = 10, Hour = 3600;

    static readonly PackEstimatorOptions s_cellsOnly = new() { Power = new() { EveryS = 1e12 }, Energy = new() { EveryS = 1e12 } };

    readonly PackTwin _twin;
    readonly PackEstimator _estimator;
    readonly PackState _state;
    readonly PackReading _reading;
    readonly List<(FindingKind Kind, int Cell, double AtS)> _found = [];

    public CoolingFindingTests()
    {
        var options = TwinHome.Load(Repo.Root, "ev_96s2p_immersion") with { Seed = 77, StartSoc = 0.9, StartDegC = 25 };
        (_twin, _estimator, _state, _reading) = (new(options), new(options.Layout, options.Cell, s_cellsOnly), new(options.Layout), new(options.Layout));
        _twin.Connect();
        Pump(0.5);
    }

    void Pump(double duty) => _twin.Write(new(_twin.Layout) { PlusClosed = true, MinusClosed = true, ChargeLimitA = 1e9, DischargeLimitA = 1e9, PumpDutyFraction = duty });

    /// <summary>Charges and discharges at a rate (0: rests), the surroundings swinging by 5 K a day.</summary>
    void Run(double hours, double cRate)
    {
        double untilS = _twin.Truth.TimeS + hours * Hour, currentA = -cRate * _estimator.Group.CapacityAh;
        while (_twin.Truth.TimeS < untilS)
        {
            if (_twin.Truth.MeanSoc is < 0.3 or > 0.9) currentA = Math.Abs(currentA) * (_twin.Truth.MeanSoc < 0.5 ? 1 : -1);
            _twin.Step(TwinLoad.Current(currentA, 25 + 5 * Math.Sin(_twin.Truth.TimeS / 86400 * Math.Tau)), StepS);
            _twin.TryRead(_reading);
            _estimator.Update(_reading, _state);
            foreach (var finding in _state.Findings.Items)
                if (!_found.Exists(f => f.Kind == finding.Kind && f.Cell == finding.Cell)) _found.Add((finding.Kind, finding.Cell, _twin.Truth.TimeS));
        }
    }

    /// <summary>A line through what was seen at rest, of noise alone, says nothing of what a hard drive does after it.</summary>
    [Fact]
    public void AHardDriveAfterALongRestIsNoLossOfCooling()
    {
        Run(12, 0);
        Run(1, 1);
        Run(10, 0);
        Run(1, 1.5);
        Assert.Empty(_found);
    }

    /// <summary>A slower pump lets the coolant rise by more: that is what was asked for.</summary>
    [Fact]
    public void APumpThatWasToldToRunSlowerIsNoLossOfCooling()
    {
        Run(3, 1);
        Pump(0.35);
        Run(2, 1);
        Assert.Empty(_found);
    }

    /// <summary>A pump that is told to run slower makes what is forecast warmer, one that is told to run faster colder, before any probe shows it.</summary>
    [Fact]
    public void WhatThePumpIsToldShowsInTheForecast()
    {
        Run(2, 1);
        double[] forecast(double duty)
        {
            _estimator.PumpAheadFraction = duty;
            _reading.TimeS += StepS;
            _estimator.Update(_reading, _state);
            return [.. _state.HotSpotForecast.Select(f => f.TemperatureDegC)];
        }

        double[] slower = forecast(0.2), same = forecast(0.5), stays = forecast(double.NaN), faster = forecast(1);
        Assert.True(slower[3] > same[3] + 0.3 && faster[3] < same[3] - 0.1, $"{slower[3]} {same[3]} {faster[3]}");
        Assert.Equal(same[3], stays[3], 0.1);
        // In ten seconds nothing of it has come to the cells: forecasts a step apart.
        Assert.Equal(slower[0], same[0], 0.1);
        Assert.Equal(stays[0], faster[0], 0.1);
    }

    /// <summary>Low level, which is slower, stands on the board.</summary>
    [Theory]
    [InlineData("pump-stop")]
    [InlineData("blocked-segment:S8=0.95")]
    public void LostCoolingIsFoundWithinHalfAnHourWithoutItsSensors(string fault)
    {
        Run(3, 1);
        double beganS = _twin.Truth.TimeS;
        Assert.Empty(_found);
        _twin.Inject(FaultText.Parse($"{fault}@{beganS:0}", _twin.Layout));
        Run(0.5, 1);
        Assert.Equal(FindingKind.CoolingLoss, Assert.Single(_found.Select(f => f.Kind).Distinct()));
    }
}
