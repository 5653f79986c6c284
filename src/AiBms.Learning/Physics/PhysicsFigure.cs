using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Learning.Plots;

namespace AiBms.Learning.Physics;

/// <summary>Pictures of a run of a physics-based model: voltage, what it is lost to, plating margin, particles, salt through the cell, heat.</summary>
public sealed class PhysicsFigure : IRunObserver
{
    /// <summary>Beyond this many points every second one is dropped, so that a long run draws as fast as a short one.</summary>
    const int MostPoints = 4000;

    const int Profiles = 5, Radii = 21;

    readonly List<Moment> _moments = [];
    double[] _centreM = [], _scratch = [];
    bool _isThermal;
    int _seen, _stride = 1;

    /// <inheritdoc/>
    public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        if (_seen++ % _stride != 0) return;
        if (_scratch.Length != cell.Size) (_scratch, _centreM, _isThermal) = (new double[cell.Size], cell.Mesh?.CentreM ?? [], cell.IsThermal);
        // The state may lie inside a step: what follows is asked at the state itself.
        cell.Evaluate(timeS, state, _scratch);
        (double negative, double positive) = cell.MeanStoichiometry(state);
        (double negativeSurface, double positiveSurface) = cell.Surface;
        double currentA = state[cell.CurrentIndex], voltageV = cell.VoltageV(state), temperatureK = cell.TemperatureK(state);
        _moments.Add(new(timeS / Units.SecondsPerHour, voltageV, OpenV(cell.Set, negative, positive), OpenV(cell.Set, negativeSurface, positiveSurface), cell.PlatingMarginV,
            temperatureK - Units.ZeroCelsiusK, cell.HeatW(currentA, voltageV, temperatureK), [.. cell.ElectrolyteMolPerM3(state)], cell.Overpotentials(state),
            negative, negativeSurface, positive, positiveSurface, Profile(cell, state)));
        if (_moments.Count < MostPoints) return;
        for (int i = 0; i < MostPoints / 2; i++) _moments[i] = _moments[2 * i];
        _moments.RemoveRange(MostPoints / 2, MostPoints - MostPoints / 2);
        _stride *= 2;
    }

    /// <summary>Writes the picture.</summary>
    /// <param name="path">PNG to write.</param>
    /// <param name="set">The cell.</param>
    public void Save(string path, ParameterSet set)
    {
        double[] hours = Of(m => m.Hour);
        List<PlotPanel> panels =
        [
            new(set.Title, "time / h", "voltage / V", [Line("terminals", hours, Of(m => m.VoltageV), 0), Line("at rest, same lithium", hours, Of(m => m.OpenV), 1, isDashed: true)], LegendPlace.Below),
            new("Overpotentials", "time / h", "mV",
            [
                Line("lithium uneven in the particles", hours, Of(m => 1000 * (m.SurfaceV - m.OpenV)), 0),
                Line("negative reaction", hours, Of(m => -1000 * m.Split.NegativeReactionV), 1),
                Line("positive reaction", hours, Of(m => 1000 * m.Split.PositiveReactionV), 2),
                Line("salt", hours, Of(m => 1000 * m.Split.ConcentrationV), 3),
                Line("electrolyte, ohmic", hours, Of(m => 1000 * m.Split.ElectrolyteV), 4),
                Line("solid, ohmic", hours, Of(m => 1000 * m.Split.SolidV), 5),
            ], LegendPlace.Below),
            new("Lithium in the particles", "time / h", "stoichiometry",
            [
                Line("negative, mean", hours, Of(m => m.Negative), 0, isDashed: true), Line("negative, surface", hours, Of(m => m.NegativeSurface), 0),
                Line("positive, mean", hours, Of(m => m.Positive), 1, isDashed: true), Line("positive, surface", hours, Of(m => m.PositiveSurface), 1),
            ], LegendPlace.Below),
            new("Negative surface against lithium: metal can plate below 0", "time / h", "plating margin / mV", [Line("least over the electrode", hours, Of(m => 1000 * m.MarginV), 0)]),
        ];
        panels.Insert(3, Radial("Lithium in the negative particles, mean over the electrode", p => p.Negative));
        panels.Insert(4, Radial("Lithium in the positive particles, mean over the electrode", p => p.Positive));
        if (_centreM.Length > 0) panels.Add(new("Salt through the cell, negative collector on the left", "place / µm", "salt / mol/m³", [.. Salt()], LegendPlace.Below));
        panels.Add(new("Heat", "time / h", "heat / W", [Line("heat", hours, Of(m => m.HeatW), 0)]));
        if (_isThermal) panels.Add(new("Temperature", "time / h", "temperature / °C", [Line("temperature", hours, Of(m => m.TemperatureDegC), 1)]));
        PlotPanel.Save(path, panels);
    }

    IEnumerable<PlotLine> Salt()
    {
        double[] place = [.. _centreM.Select(x => 1e6 * x)];
        return Shown(m => m.Salt.Max() - m.Salt.Min()).Select((moment, k) => Line(Time(moment), place, moment.Salt, k));
    }

    PlotPanel Radial(string title, Func<(double Negative, double Positive), double> of)
    {
        double[] place = [.. Enumerable.Range(0, Radii).Select(k => (double)k / (Radii - 1))];
        return new(title, "place / radius", "stoichiometry", [.. Shown(m => Math.Abs(of(m.Inside[^1]) - of(m.Inside[0]))).Select((moment, k) => Line(Time(moment), place, [.. moment.Inside.Select(of)], k))], LegendPlace.Below);
    }

    static string Time(Moment moment) => FormattableString.Invariant($"{moment.Hour:0.00} h");

    /// <summary>Moments evenly in time, and the one that is most uneven.</summary>
    IEnumerable<Moment> Shown(Func<Moment, double> unevenness)
    {
        double firstHour = _moments[0].Hour, hours = _moments[^1].Hour - firstHour;
        return Enumerable.Range(0, Profiles).Select(k => _moments.MinBy(m => Math.Abs(m.Hour - firstHour - hours * k / (Profiles - 1)))!)
            .Append(_moments.MaxBy(unevenness)!).DistinctBy(m => m.Hour).OrderBy(m => m.Hour);
    }

    static (double Negative, double Positive)[] Profile(ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        var inside = new (double Negative, double Positive)[Radii];
        for (int k = 0; k < Radii; k++) inside[k] = cell.StoichiometryAt(state, (double)k / (Radii - 1));
        return inside;
    }

    static PlotLine Line(string name, double[] horizontal, double[] vertical, int colour, bool isDashed = false) => new(name, horizontal, vertical, false, isDashed, colour);

    double[] Of(Func<Moment, double> value) => [.. _moments.Select(value)];

    /// <summary>Open-circuit voltage of the first materials at these stoichiometries, V.</summary>
    internal static double OpenV(ParameterSet set, double negative, double positive) =>
        set.Positive.OpenCircuitPotentialV.At(positive, set.ReferenceTemperatureK) - set.Negative.OpenCircuitPotentialV.At(negative, set.ReferenceTemperatureK);

    readonly record struct Moment(double Hour, double VoltageV, double OpenV, double SurfaceV, double MarginV, double TemperatureDegC, double HeatW, double[] Salt, OverpotentialSplit Split,
        double Negative, double NegativeSurface, double Positive, double PositiveSurface, (double Negative, double Positive)[] Inside);
}
