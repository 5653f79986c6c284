using System.Globalization;
using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Learning.Physics;

/// <summary>Writes a run of a physics-based model as CSV. Current is positive while charging; overpotentials are positive where they raise the voltage.</summary>
public sealed class PhysicsCsv : IRunObserver
{
    readonly TextWriter _writer;
    readonly bool _withDetails;
    readonly double[] _rate;
    readonly IRunObserver? _next;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="cell">What runs: the columns are those that it knows.</param>
    /// <param name="withDetails">Whether surfaces, plating margin, heat, overpotentials and salt are columns too: each row then asks the whole model again.</param>
    /// <param name="next">Who else sees the points; null for nobody.</param>
    public PhysicsCsv(TextWriter writer, ElectrochemicalCell cell, bool withDetails, IRunObserver? next = null)
    {
        (_writer, _rate, _withDetails, _next) = (writer, new double[cell.Size], withDetails, next);
        writer.Write("time_s,step,current_A,voltage_V,temperature_degC,charge_Ah,energy_Wh,negative_stoichiometry,positive_stoichiometry");
        if (cell.HasCase) writer.Write(",case_degC");
        if (cell.IsAgeing) writer.Write(",film_Ah,plated_Ah,dead_Ah,film_nm,negative_active_fraction,positive_active_fraction");
        if (withDetails) writer.Write(",negative_surface,positive_surface,plating_margin_V,heat_W,particles_V,negative_reaction_V,positive_reaction_V");
        if (withDetails && cell.Mesh is not null) writer.Write(",salt_V,electrolyte_V,solid_V,salt_at_negative_molPerM3,salt_at_positive_molPerM3");
        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        (double negative, double positive) = cell.MeanStoichiometry(state);
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $"{timeS:0.######},{stepNumber},{state[cell.CurrentIndex]:0.######},{cell.VoltageV(state):F6},{cell.TemperatureK(state) - Units.ZeroCelsiusK:F4},{Units.ToAmpereHours(state[cell.ChargeIndex]):F6},{Units.ToAmpereHours(state[cell.EnergyIndex]):F6},{negative:F6},{positive:F6}"));
        if (cell.HasCase) _writer.Write(string.Create(CultureInfo.InvariantCulture, $",{cell.CaseTemperatureK(state) - Units.ZeroCelsiusK:F4}"));
        if (cell.IsAgeing)
        {
            (var aged, var other) = cell.Health(state);
            _writer.Write(string.Create(CultureInfo.InvariantCulture, $",{aged.FilmAh:F8},{aged.PlatedAh:F8},{aged.DeadAh:F8},{1e9 * aged.FilmThicknessM:F4},{aged.ActiveFraction:F8},{other.ActiveFraction:F8}"));
        }

        if (_withDetails) Details(timeS, cell, state, negative, positive);
        _writer.WriteLine();
        _next?.Point(stepNumber, timeS, cell, state);
    }

    void Details(double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state, double negative, double positive)
    {
        // The state may lie inside a solver step: what follows is asked at the state itself.
        cell.Evaluate(timeS, state, _rate);
        (double negativeSurface, double positiveSurface) = cell.Surface;
        var split = cell.Overpotentials(state);
        double heatW = cell.HeatW(state[cell.CurrentIndex], cell.VoltageV(state), cell.TemperatureK(state));
        double particlesV = PhysicsFigure.OpenV(cell.Set, negativeSurface, positiveSurface) - PhysicsFigure.OpenV(cell.Set, negative, positive);
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $",{negativeSurface:F6},{positiveSurface:F6},{cell.PlatingMarginV:F6},{heatW:F5},{particlesV:F6},{-split.NegativeReactionV:F6},{split.PositiveReactionV:F6}"));
        if (cell.Mesh is null) return;
        var salt = cell.ElectrolyteMolPerM3(state);
        _writer.Write(string.Create(CultureInfo.InvariantCulture, $",{split.ConcentrationV:F6},{split.ElectrolyteV:F6},{split.SolidV:F6},{salt[0]:F2},{salt[^1]:F2}"));
    }
}
