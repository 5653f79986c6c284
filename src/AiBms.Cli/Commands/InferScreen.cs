using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery;
using AiBms.Battery.Estimation;
using AiBms.Cli.Shell;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>One screen about an estimated recording, or the same as JSON.</summary>
static class InferScreen
{
    public static void Print(Talk talk, InferInput input, InferRun.Result result, string method, bool isCellTold, string? outPath)
    {
        var recording = input.Recording;
        var last = result.Estimates.LastOrDefault(e => double.IsFinite(e.Soc));
        (double rmse, double coverage) = Score(recording.ReferenceSoc, result.Estimates);
        int bad = recording.Flags.Count(flags => (flags & ~RowFlags.SeriesStart) != RowFlags.None);
        var validity = result.Estimates.GroupBy(e => e.Validity).OrderByDescending(g => g.Count()).Select(g => (Word: InferTable.Word(g.Key), Count: g.Count())).ToArray();
        bool isKnown = result.Estimates.Any(e => double.IsFinite(e.Soc));
        if (talk.IsJson)
        {
            talk.WriteJson(new JsonObject
            {
                ["recording"] = recording.Name,
                ["rows"] = recording.RowCount,
                ["flaggedRows"] = bad,
                ["cell"] = input.Cell.Id,
                ["cellTold"] = isCellTold,
                ["cellsInSeries"] = input.SeriesCount,
                ["capacityAh"] = input.CapacityAh,
                ["method"] = method,
                ["soc"] = Number(isKnown ? last.Soc : double.NaN),
                ["socDeviation"] = Number(isKnown ? last.SocDeviation : double.NaN),
                ["socLow"] = Number(isKnown ? last.SocLow : double.NaN),
                ["socHigh"] = Number(isKnown ? last.SocHigh : double.NaN),
                ["validity"] = isKnown ? InferTable.Word(last.Validity) : "unknown",
                ["validityRows"] = new JsonObject(validity.Select(v => KeyValuePair.Create(v.Word, (JsonNode?)JsonValue.Create(v.Count)))),
                ["currentOffsetA"] = Number(isKnown ? last.CurrentOffsetA : double.NaN),
                ["rmseSoc"] = Number(rmse),
                ["coverage"] = Number(coverage),
                ["rests"] = new JsonArray([.. result.Rests.Select(Rest)]),
                ["out"] = outPath,
            });
            return;
        }

        if (!isCellTold) talk.Say($"No --cell was told: {input.Cell.Id} is taken, and the result is only as good as that.");
        string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        var print = talk.Data;
        print.WriteLine(I($"{recording.Name}: {recording.RowCount} rows over {recording.TimeS.Where(double.IsFinite).DefaultIfEmpty().Max() / 3600:0.00} h, {input.SeriesCount} × {input.Cell.Id} in series, {input.CapacityAh:0.###} Ah, {method}"));
        if (bad > 0) print.WriteLine(I($"  rows with something wrong {bad}: 'aibms import' lists them by reason"));
        if (isKnown) print.WriteLine(I($"  at the end   SOC {100 * last.Soc:0.0} %, 90 % sure between {100 * last.SocLow:0.0} and {100 * last.SocHigh:0.0} % ({InferTable.Word(last.Validity)})"));
        else print.WriteLine("  SOC unknown throughout: this method needs --start, or the file holds no usable voltage");
        int doubtful = result.Estimates.Count(e => e.Validity == SocValidity.ModelDoubtful), cold = result.Estimates.Count(e => e.Validity == SocValidity.TemperatureMissing);
        if (20 * doubtful > recording.RowCount) print.WriteLine("  the recording and this cell do not go together: check --cell, --capacity-ah, --cells and --current-sign");
        if (cold > 0) print.WriteLine("  no temperature in the recording: 25 °C is taken and the band widened; --temperature-degc tells it");
        print.WriteLine(I($"  validity     {string.Join(", ", validity.Select(v => I($"{v.Word} {100.0 * v.Count / recording.RowCount:0.#} %")))}"));
        if (isKnown && double.IsFinite(last.CurrentOffsetA)) print.WriteLine(I($"  current offset {1000 * last.CurrentOffsetA:+0;-0;0} mA"));
        double[] residuals = [.. result.Estimates.Select(e => e.ResidualV).Where(double.IsFinite)];
        if (residuals.Length > 0) print.WriteLine(I($"  voltage residual {1000 * Math.Sqrt(residuals.Average(r => r * r)):0.0} mV RMS"));
        if (result.Rests.Count > 0)
        {
            var largest = result.Rests.MaxBy(rest => Math.Abs(rest.SocCorrection));
            print.WriteLine(I($"  rests of 10 min and more: {result.Rests.Count}; the largest correction {SignedText.Of(100 * largest.SocCorrection, 2)} points after {largest.LengthS / 60:0} min (until {largest.EndS / 3600:0.0} h), the last {SignedText.Of(100 * result.Rests[^1].SocCorrection, 2)}"));
        }

        if (double.IsFinite(rmse)) print.WriteLine(I($"  against the file's own SOC: RMSE {100 * rmse:0.00} points, inside the band {100 * coverage:0} % of the time"));
        if (outPath is not null) print.WriteLine($"  written {outPath}");
    }

    static (double Rmse, double Coverage) Score(double[]? reference, SocEstimate[] estimates)
    {
        if (reference is null) return (double.NaN, double.NaN);
        int rows = 0, inside = 0;
        double square = 0;
        for (int k = 0; k < estimates.Length; k++)
        {
            if (!double.IsFinite(reference[k]) || !double.IsFinite(estimates[k].Soc)) continue;
            rows++;
            square += (estimates[k].Soc - reference[k]) * (estimates[k].Soc - reference[k]);
            if (estimates[k].SocLow <= reference[k] && reference[k] <= estimates[k].SocHigh) inside++;
        }

        return rows == 0 ? (double.NaN, double.NaN) : (Math.Sqrt(square / rows), (double)inside / rows);
    }

    static JsonObject Rest(RestCorrection rest) => new()
    {
        ["endS"] = rest.EndS,
        ["lengthS"] = rest.LengthS,
        ["socCorrection"] = Math.Round(rest.SocCorrection, 6),
        ["offsetChangeA"] = Math.Round(rest.OffsetChangeA, 6),
    };

    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
