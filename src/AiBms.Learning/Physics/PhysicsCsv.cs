using System.Globalization;
using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Learning.Physics;

/// <summary>Writes a run of a physics-based model as CSV. Current is positive while charging.</summary>
public sealed class PhysicsCsv : IRunObserver
{
    readonly TextWriter _writer;
    readonly bool _withCase;
    readonly IRunObserver? _next;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="withCase">Whether the case has a temperature of its own, which then is the last column.</param>
    /// <param name="next">Who else sees the points; null for nobody.</param>
    public PhysicsCsv(TextWriter writer, bool withCase = false, IRunObserver? next = null)
    {
        (_writer, _withCase, _next) = (writer, withCase, next);
        writer.WriteLine("time_s,step,current_A,voltage_V,temperature_degC,charge_Ah,energy_Wh,negative_stoichiometry,positive_stoichiometry" + (withCase ? ",case_degC" : ""));
    }

    /// <inheritdoc/>
    public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        (double negative, double positive) = cell.MeanStoichiometry(state);
        _writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"{timeS:0.######},{stepNumber},{state[cell.CurrentIndex]:0.######},{cell.VoltageV(state):0.000000},{cell.TemperatureK(state) - Units.ZeroCelsiusK:0.0000},{Units.ToAmpereHours(state[cell.ChargeIndex]):0.000000},{Units.ToAmpereHours(state[cell.EnergyIndex]):0.000000},{negative:0.000000},{positive:0.000000}{(_withCase ? "," : "")}"));
        if (_withCase) _writer.Write(string.Create(CultureInfo.InvariantCulture, $"{cell.CaseTemperatureK(state) - Units.ZeroCelsiusK:0.0000}"));
        _writer.WriteLine();
        _next?.Point(stepNumber, timeS, cell, state);
    }
}
