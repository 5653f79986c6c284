using System.Globalization;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>An example file of the BPX repository, run, beside the file that its title compares it to.</summary>
/// <param name="Name">The file.</param>
/// <param name="Model">The model that it is for.</param>
/// <param name="DischargedAh">C/2 from full to the lower cut-off, Ah.</param>
/// <param name="Beside">What it is compared to; empty for none.</param>
/// <param name="MaxMV">Largest difference of the voltage at equal charge from 5 to 90 % of that discharge, mV; NaN for none.</param>
sealed record BpxExampleRow(string Name, ModelKind Model, double DischargedAh, string Beside, double MaxMV)
{
    const int Points = 200;

    const string Plain = "nmc_pouch_cell_BPX";

    /// <summary>Runs all of them.</summary>
    public static IReadOnlyList<BpxExampleRow> All(string folder)
    {
        string at = Path.Combine(folder, "bpx", "bpx-repo-examples");
        var catalogue = new ParameterSetCatalogue(at);
        List<BpxExampleRow> rows = [];
        foreach (var (name, kind, beside) in ((string, ModelKind, string)[])[(Plain, ModelKind.Dfn, ""), ("lfp_18650_cell_BPX", ModelKind.Dfn, ""), (Plain + "_SPM", ModelKind.Spm, Plain),
            (Plain + "_blended_electrode", ModelKind.Dfn, Plain), (Plain + "_user-defined_hysteresis", ModelKind.Dfn, Plain)])
        {
            double[] voltageV = Run(Set(name), kind, out double dischargedAh);
            double[]? other = beside.Length == 0 ? null : Run(Set(beside), kind, out _);
            rows.Add(new(name, kind, dischargedAh, beside, other is null ? double.NaN : voltageV.Zip(other, (a, b) => 1000 * Math.Abs(a - b)).Where(double.IsFinite).Max()));
        }

        return rows;

        ParameterSet Set(string name) => catalogue.Find(Path.Combine(at, name + ".json"));
    }

    static double[] Run(ParameterSet set, ModelKind kind, out double dischargedAh)
    {
        double nominalS = 2 * Battery.Units.SecondsPerHour;
        double[] timesS = [.. Enumerable.Range(0, Points).Select(k => nominalS * (0.05 + 0.85 * k / (Points - 1)))];
        var log = new VoltageAtTimes(timesS);
        var runner = new ExperimentRunner(CellFactory.Create(kind, set, Resolution.Normal, false)) { PeriodS = double.PositiveInfinity, OutputTimesS = timesS, Observer = log };
        var result = runner.Run(new ExperimentParser(set.CapacityAh).Parse(string.Create(CultureInfo.InvariantCulture, $"Discharge at C/2 until {set.LowerVoltageV} V")))[^1];
        dischargedAh = -result.ChargeAh;
        return log.VoltageV;
    }
}
