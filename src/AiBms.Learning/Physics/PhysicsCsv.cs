using System.Globalization;
using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Learning.Physics;

/// <summary>Writes a run of a physics-based model as CSV. Current is positive while charging; overpotentials are positive where they raise the voltage.</summary>
public sealed class PhysicsCsv : IRunObserver
{
    readonly TextWriter _writer;
    readonly ElectrochemicalCell _cell;
    readonly double[] _rate;
    readonly IRunObserver? _next;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="cell">What runs: the columns are those that it knows.</param>
    /// <param name="next">Who else sees the points; null for nobody.</param>
    public PhysicsCsv(TextWriter writer, ElectrochemicalCell cell, IRunObserver? next = null)
    {
        (_writer, _cell, _rate, _next) = (writer, cell, new double[cell.Size], next);
        writer.Write("time_s,step,current_A,voltage_V,temperature_degC,charge_Ah,energy_Wh,negative_stoichiometry,positive_stoichiometry,negative_surface,positive_surface,plating_margin_V,heat_W,particles_V,negative_reaction_V,positive_reaction_V");
        if (cell.Mesh is not null) writer.Write(",salt_V,electrolyte_V,solid_V,salt_at_negative_molPerM3,salt_at_positive_molPerM3");
        if (cell.HasCase) writer.Write(",case_degC");
        if (cell.IsAgeing) writer.Write(",film_Ah,plated_Ah,dead_Ah,film_nm,negative_active_fraction,positive_active_fraction");
        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        // The state may lie inside a solver step: what follows is asked at the state itself.
        cell.Evaluate(timeS, state, _rate);
        (double negative, double positive) = cell.MeanStoichiometry(state);
        (double negativeSurface, double positiveSurface) = cell.Surface;
        double currentA = state[cell.CurrentIndex], voltageV = cell.VoltageV(state), temperatureK = cell.TemperatureK(state);
        var split = cell.Overpotentials(state);
        double particlesV = PhysicsFigure.OpenV(cell.Set, negativeSurface, positiveSurface) - PhysicsFigure.OpenV(cell.Set, negative, positive);
        Write($"{timeS:0.######},{stepNumber},{currentA:0.######},{voltageV:0.000000},{temperatureK - Units.ZeroCelsiusK:0.0000},{Units.ToAmpereHours(state[cell.ChargeIndex]):0.000000},{Units.ToAmpereHours(state[cell.EnergyIndex]):0.000000},{negative:0.000000},{positive:0.000000}");
        Write($",{negativeSurface:0.000000},{positiveSurface:0.000000},{cell.PlatingMarginV:0.000000},{cell.HeatW(currentA, voltageV, temperatureK):0.00000},{particlesV:0.000000},{-split.NegativeReactionV:0.000000},{split.PositiveReactionV:0.000000}");
        if (cell.Mesh is not null)
        {
            var salt = cell.ElectrolyteMolPerM3(state);
            Write($",{split.ConcentrationV:0.000000},{split.ElectrolyteV:0.000000},{split.SolidV:0.000000},{salt[0]:0.00},{salt[^1]:0.00}");
        }

        if (cell.HasCase) Write($",{cell.CaseTemperatureK(state) - Units.ZeroCelsiusK:0.0000}");
        if (cell.IsAgeing)
        {
            (var aged, var other) = cell.Health(state);
            Write($",{aged.FilmAh:0.00000000},{aged.PlatedAh:0.00000000},{aged.DeadAh:0.00000000},{1e9 * aged.FilmThicknessM:0.0000},{aged.ActiveFraction:0.00000000},{other.ActiveFraction:0.00000000}");
        }

        _writer.WriteLine();
        _next?.Point(stepNumber, timeS, cell, state);
    }

    void Write(FormattableString text) => _writer.Write(text.ToString(CultureInfo.InvariantCulture));
}
