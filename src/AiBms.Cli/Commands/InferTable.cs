using AiBms.Battery.Estimation;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>The estimate's columns as they are written behind a recording's own.</summary>
static class InferTable
{
    // A millionth of the capacity and 10 µV are far below what any sensor resolves; more digits only make files longer.
    const int SocDigits = 6, VoltDigits = 5;

    static readonly string[] Words = [.. Enum.GetValues<SocValidity>().Select(Word)];

    public static IReadOnlyList<AddedColumn> Columns(SocEstimate[] estimates)
    {
        double[] Of(Func<SocEstimate, double> take, int digits) => [.. estimates.Select(e => Math.Round(take(e), digits))];
        return
        [
            new("soc", Of(e => e.Soc, SocDigits)),
            new("soc_sd", Of(e => e.SocDeviation, SocDigits)),
            new("soc_low", Of(e => e.SocLow, SocDigits)),
            new("soc_high", Of(e => e.SocHigh, SocDigits)),
            new("soc_validity", [.. estimates.Select(e => Words[(int)e.Validity])]),
            new("voltage_model_volt", Of(e => e.ModelVoltageV, VoltDigits)),
            new("voltage_residual_volt", Of(e => e.ResidualV, VoltDigits)),
            new("current_offset_ampere", Of(e => e.CurrentOffsetA, VoltDigits)),
        ];
    }

    /// <summary>A validity as written: lower case, words joined by underscores.</summary>
    public static string Word(SocValidity validity) =>
        string.Concat(validity.ToString().Select((c, k) => char.IsUpper(c) ? (k > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
