using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;
using AiBms.Learning.Health;
using AiBms.Learning.Training;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>infer --model soh|rul</c>: charges of a recording, or a table of features, in; health or life with its interval out, a row each.</summary>
static class InferHealth
{
    sealed record Line(string Of, FeatureEstimate Estimate, string Validity, double Truth, double EndS, IReadOnlyList<string> Missed);

    /// <summary>State of health.</summary>
    public static int Soh(InferRequest request, Talk talk)
    {
        if (FeatureTable.Read(request.Path) is { } table) return Table(request, table, "soh", talk);
        var model = Model(request, "soh_windows_nasa");
        var recording = RecordingDoor.Open(request.Path, request.Door);
        double ratedAh = request.CapacityAh ?? (request.Cell is null ? NasaSet.RatedAh : new CellCatalogue(Home.Cells).Find(request.Cell).CapacityAh);
        if (request.CapacityAh is null && request.Cell is null) talk.Say($"Neither --cell nor --capacity-ah was told: {NasaSet.RatedAh} Ah is taken as rated, and SOH is relative to that.");
        var charges = ChargeRow.Find(recording, request.Door.CellCount ?? 1, ratedAh);
        if (charges.Count == 0) throw new DataException($"{recording.Name} holds no charge of at least a twentieth of {ratedAh.ToString(CultureInfo.InvariantCulture)} Ah: health is read from charges. --capacity-ah tells the rated capacity, --current-sign what a positive current does.");
        Line[] lines = [.. charges.Select((charge, k) =>
        {
            bool isKnown = ChargeWindows.KnownWindows(charge.RowFeatures) >= ChargeWindows.FewestWindows;
            return LineOf($"charge {(k + 1).ToString(CultureInfo.InvariantCulture)}", model, charge.RowFeatures, isKnown, double.NaN, recording.TimeS[charge.LastRow]);
        })];
        return Print(request, recording.Name, model, "soh", lines, talk);
    }

    /// <summary>Cycle life.</summary>
    public static int Rul(InferRequest request, Talk talk)
    {
        if (FeatureTable.Read(request.Path) is { } table) return Table(request, table, "rul", talk);
        var model = Model(request, "rul_curves_severson");
        var recording = RecordingDoor.Open(request.Path, request.Door);
        double ratedAh = request.CapacityAh ?? (request.Cell is null ? 1.1 : new CellCatalogue(Home.Cells).Find(request.Cell).CapacityAh);
        return Print(request, recording.Name, model, "rul", [LineOf(recording.Name, model, DischargeCurves.Features(recording, ratedAh), true, double.NaN, double.NaN)], talk);
    }

    static int Table(InferRequest request, FeatureTable table, string asked, Talk talk)
    {
        if (!table.ModelId.StartsWith(asked, StringComparison.Ordinal)) throw new DataException($"{Path.GetFileName(request.Path)} holds what {table.ModelId.Split('_')[0]} is estimated from, not {asked}: say --model {table.ModelId.Split('_')[0]}.");
        var model = Model(request, table.ModelId);
        Line[] lines = [.. table.RowFeatures.Select((row, k) => LineOf(table.Labels[k], model, row, row.Any(double.IsFinite), table.TruthValues[k], double.NaN))];
        return Print(request, Path.GetFileName(request.Path), model, asked, lines, talk);
    }

    // A model that was made from a user's own cells comes before one of a published set.
    static FeatureModel Model(InferRequest request, string published)
    {
        string[] words = published.Split('_', 3);
        string own = $"{words[0]}_{words[1]}_{SocTrainingData.Own}";
        bool isOwn = request.Models.Files.Any(path => Path.GetFileNameWithoutExtension(path) == own);
        return new(request.Models.Get(isOwn ? own : published, $"./aibms train --model {words[0]} --method {words[1]} --set {words[2]}"));
    }

    static Line LineOf(string of, FeatureModel model, double[] row, bool isKnown, double truth, double endS)
    {
        var estimate = isKnown ? model.Estimate(row) : new(double.NaN, double.NaN, double.NaN, false);
        return new(of, estimate, !isKnown ? "unknown" : estimate.IsInRange ? "valid" : "out_of_range", truth, endS, model.Missed(row));
    }

    static int Print(InferRequest request, string name, FeatureModel model, string asked, Line[] lines, Talk talk)
    {
        var output = model.File.Outputs[0];
        string unit = output.Unit == "1" ? "" : " " + output.Unit;
        if (request.OutPath is { } path) Write(path, output, lines);
        var last = lines.LastOrDefault(line => line.Validity == "valid") ?? lines[^1];
        double[] errors = [.. lines.Where(line => double.IsFinite(line.Truth) && double.IsFinite(line.Estimate.Value)).Select(line => Math.Abs(line.Estimate.Value / line.Truth - 1))];
        if (talk.IsJson)
        {
            talk.WriteJson(new JsonObject
            {
                ["input"] = name,
                ["model"] = model.File.Id,
                ["estimates"] = output.Name,
                ["unit"] = output.Unit,
                ["rows"] = lines.Length,
                ["validityRows"] = new JsonObject(lines.GroupBy(line => line.Validity, StringComparer.Ordinal).Select(g => KeyValuePair.Create(g.Key, (JsonNode?)JsonValue.Create(g.Count())))),
                [asked] = Number(last.Estimate.Value),
                [asked + "Low"] = Number(last.Estimate.Low),
                [asked + "High"] = Number(last.Estimate.High),
                ["validity"] = last.Validity,
                ["learntFromIt"] = IsLearntFrom(model.File, name, lines),
                ["mape"] = errors.Length == 0 ? null : Number(errors.Average()),
                ["estimatesByRow"] = new JsonArray([.. lines.Select(line => (JsonNode)new JsonObject { ["of"] = line.Of, ["value"] = Number(line.Estimate.Value), ["low"] = Number(line.Estimate.Low), ["high"] = Number(line.Estimate.High), ["validity"] = line.Validity })]),
                ["out"] = request.OutPath,
            });
            return ExitCode.Ok;
        }

        string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        string F(double value) => double.IsNaN(value) ? "unknown" : value.ToString(value >= 10 ? "0" : "0.000", CultureInfo.InvariantCulture);
        var print = talk.Data;
        print.WriteLine(I($"{name}: {lines.Length} row{(lines.Length == 1 ? "" : "s")}, {model.File.Id}"));
        string interval = last.Validity switch
        {
            "unknown" => "unknown",
            "valid" => I($"{F(last.Estimate.Value)}{unit}, 90 % sure between {F(last.Estimate.Low)} and {F(last.Estimate.High)}{unit} (valid)"),
            _ => I($"{F(last.Estimate.Value)}{unit}, neither it nor its interval vouched for ({last.Validity})"),
        };
        print.WriteLine($"  {last.Of}   {output.Name} {interval}");
        print.WriteLine(I($"  validity     {string.Join(", ", lines.GroupBy(line => line.Validity, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Select(g => I($"{g.Key} {100.0 * g.Count() / lines.Length:0.#} %")))}"));
        if (lines.Any(line => line.Validity == "out_of_range")) print.WriteLine($"  out of range: {model.File.Validity}");
        if (lines.Where(line => line.Validity == "out_of_range").SelectMany(line => line.Missed).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } missed)
            print.WriteLine($"  not known    {string.Join(", ", missed.Take(3))}{(missed.Length > 3 ? I($" and {missed.Length - 3} more inputs") : "")}, which the rows learnt from had");
        if (lines.Any(line => line.Validity == "unknown")) print.WriteLine(I($"  unknown: fewer than {ChargeWindows.FewestWindows} windows of voltage between 3.8 and 4.19 V were crossed while charging"));
        if (errors.Length > 0) print.WriteLine(I($"  against the file's own figures: MAPE {100 * errors.Average():0.00} %{(IsLearntFrom(model.File, name, lines) ? ", of cells that the model was made from: it says nothing of others" : "")}"));
        if (request.OutPath is not null) print.WriteLine($"  written {request.OutPath}");
        return ExitCode.Ok;
    }

    // By the name of the file, or of a battery in it: "12 at 50".
    static bool IsLearntFrom(ModelFile file, string name, Line[] lines)
    {
        string[] names = [name, name.Split(".csv")[0], .. lines.Select(line => line.Of.Split(" at ")[0])];
        return names.Any(one => file.Training.Train.Contains(one, StringComparer.Ordinal));
    }

    static void Write(string path, ModelInput output, Line[] lines)
    {
        using OutputFile file = new(path);
        var text = file.Writer;
        text.WriteLine($"of,end_second,{output.Name},{output.Name}_low,{output.Name}_high,validity");
        foreach (var line in lines) text.WriteLine($"{line.Of},{Text(line.EndS)},{Text(line.Estimate.Value)},{Text(line.Estimate.Low)},{Text(line.Estimate.High)},{line.Validity}");
        file.Keep();
    }

    static string Text(double value) => double.IsFinite(value) ? Math.Round(value, 5).ToString(CultureInfo.InvariantCulture) : "";

    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
