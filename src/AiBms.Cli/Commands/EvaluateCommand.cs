using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Cli.Shell;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms evaluate</c>: one recording of the user's own, scored by the board's protocol.</summary>
static class EvaluateCommand
{
    public static Verb Create()
    {
        var file = new Argument<string>("FILE") { Description = "A recording with a charge counter or a SOC column." };
        var cell = new Option<string>("--cell") { Description = "Cell of the catalogue, or a cell file.", Required = true, HelpName = "CELL" };
        var method = new Option<string[]>("--method") { Description = "Methods; the default one and the baselines where none is named.", AllowMultipleArgumentsPerToken = true };
        method.AcceptOnlyFromAmong([.. SocRung.With(new(Home.Models)).Select(rung => rung.Name)]);
        var reference = new Option<double?>("--reference-ah") { Description = "Capacity that SOC is a fraction of, in Ah: an aged cell, or all parallel cells together (their number is the nearest multiple of the cell's own); the cell's own where it is not given.", HelpName = "AH" };
        var startSoc = new Option<double?>("--start-soc") { Description = "True SOC at the first row, 0 to 1, from which the charge counter goes on; not needed where the file has a SOC column.", HelpName = "SOC" };
        var cuts = new Option<int>("--cuts") { Description = "Seeded places to start at; 0 for the recording's own start.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var rows = new Option<int[]>("--cut-rows") { Description = "Start at these rows (0 is the first) instead of seeded ones.", AllowMultipleArgumentsPerToken = true, HelpName = "ROW" };
        var perturb = new Option<string[]>("--perturb") { Description = "What is wrong with the sensors: I+0.10, gain-0.02, volt+0.01, temp+3, noise, dropout, stuck-current, stuck-voltage.", AllowMultipleArgumentsPerToken = true, HelpName = "NAME" };
        var plot = new Option<string?>("--plot") { Description = "Picture of the typical run of the last method.", HelpName = "PNG" };
        plot.TakesPng();
        var verb = new Verb("evaluate", "Score state of charge on a recording whose true charge is known.", "evaluate drive.csv --cell lg_hg2", "evaluate drive.csv --cell lg_hg2 --method count --perturb I+0.10 volt-0.01 --json")
        {
            file, cell, method, reference, startSoc, cuts, rows, perturb, plot,
        };
        var door = new DoorOptions(verb);
        return verb.Does((parsed, talk) =>
        {
            var type = new CellCatalogue(Home.Cells).Find(parsed.GetRequiredValue(cell));
            double referenceAh = parsed.GetValue(reference) ?? type.CapacityAh;
            if (!(referenceAh > 0)) throw new UsageException($"--reference-ah must be above 0, not {referenceAh.ToString(CultureInfo.InvariantCulture)}.");
            OutputRules.MustNotReplace(plot.Name, parsed.GetValue(plot), parsed.GetRequiredValue(file), parsed.GetValue(cell));
            var told = door.Read(parsed);
            var opened = RecordingDoor.Open(parsed.GetRequiredValue(file), told);
            int series = InferInput.Of(opened, type, told.CellCount, referenceAh).SeriesCount;
            // No cell ages to twice its capacity: whole multiples of it are cells side by side.
            int parallel = Math.Max(1, (int)Math.Round(referenceAh / type.CapacityAh));
            if (series * parallel > 1) talk.Say($"{opened.Name} is scored as its mean cell sees it, {series} in series and {parallel} in parallel; --perturb acts on that cell.");
            var recording = opened.MeanCell(series, parallel);
            referenceAh /= parallel;
            LabelledRecording labelled = new() { Recording = recording, Soc = Truth(recording, referenceAh, parsed.GetValue(startSoc), talk), ReferenceAh = referenceAh };
            CutOptions options = new() { DriveCuts = parsed.GetValue(cuts), RestCuts = 0 };
            var places = Places(labelled, options, parsed.GetValue(rows) ?? [], (ulong)talk.Seed);
            string[] methods = parsed.GetValue(method) is { Length: > 0 } named ? named : [.. SocRung.All.Where(rung => rung.IsBaseline || rung.Name == SocEstimators.Default).Select(rung => rung.Name)];
            Perturbation[] troubles = [.. (parsed.GetValue(perturb) is { Length: > 0 } names ? names : ["none"]).Select(Trouble)];

            List<EvaluationRow> table = [];
            foreach (var rung in SocRung.With(new(Home.Models)).Where(rung => methods.Contains(rung.Name, StringComparer.Ordinal)))
            {
                foreach (var trouble in troubles)
                {
                    var runs = CutRuns.Over(labelled, places, rung.Create(type with { CapacityAh = referenceAh }), rung.UnknownStart, trouble, options, (ulong)talk.Seed, recording.Name);
                    table.Add(new(rung.Name, trouble.Name, ScoreSummary.Of(runs), runs));
                }
            }

            if (talk.IsJson) talk.WriteJson(Json(labelled, type, (series, parallel), places, table));
            else EvaluationScreen.Print(labelled, type, places, table, talk.Data);
            if (parsed.GetValue(plot) is { } picture)
            {
                EvaluationFigure.Save(picture, labelled, type, table[^1], options);
                talk.Say($"Wrote {picture}.");
            }

            return ExitCode.Ok;
        });
    }

    static double[] Truth(Recording recording, double referenceAh, double? startSoc, Talk talk)
    {
        if (startSoc is < 0 or > 1) throw new UsageException("--start-soc must lie between 0 and 1.");
        bool hasCounter = recording.ChargeAh is not null;
        if (recording.ReferenceSoc is { } stated && (startSoc is null || !hasCounter))
        {
            if (startSoc is not null) talk.Say($"{recording.Name} has no charge counter to start from --start-soc: its own SOC column is taken as the truth.");
            return stated;
        }

        if (startSoc is null && hasCounter) talk.Say($"{recording.Name} is taken to start full; --start-soc says otherwise.");
        return SocLabel.FromCounter(recording, referenceAh, startSoc ?? 1);
    }

    static IReadOnlyList<Cut> Places(LabelledRecording labelled, CutOptions options, int[] rows, ulong seed)
    {
        if (rows.Length > 0)
        {
            int outside = rows.FirstOrDefault(row => row < 0 || row >= labelled.Soc.Length, -1);
            return outside == -1 && !rows.Contains(-1)
                ? [.. rows.Select(row => new Cut(row, CutKind.Drive))]
                : throw new UsageException($"--cut-rows must lie between 0 and {labelled.Soc.Length - 1}, the rows of {labelled.Recording.Name}.");
        }

        if (options.DriveCuts == 0) return [new(0, CutKind.FileStart)];
        var places = CutPlaces.Find(labelled, options, seed);
        return places.Count > 0
            ? places
            : throw new DataException($"{labelled.Recording.Name} has no place to cut at: none with SOC 20 to 95 %, a current above C/10 and 30 min left; use --cuts 0 to start at its beginning, or name --cut-rows.");
    }

    static Perturbation Trouble(string name)
    {
        try
        {
            return Perturbation.Parse(name);
        }
        catch (FormatException problem)
        {
            throw new UsageException(problem.Message);
        }
    }

    static JsonObject Json(LabelledRecording labelled, CellType cell, (int Series, int Parallel) cells, IReadOnlyList<Cut> places, List<EvaluationRow> table) => new()
    {
        ["file"] = labelled.Recording.Name,
        ["cell"] = cell.Id,
        ["cellsInSeries"] = cells.Series,
        ["cellsInParallel"] = cells.Parallel,
        ["referenceAh"] = labelled.ReferenceAh * cells.Parallel,
        ["cutRows"] = new JsonArray([.. places.Select(cut => (JsonNode)cut.Row)]),
        ["scores"] = new JsonArray([.. table.Select(row =>
        {
            var score = SocBoardJson.Score(row.Score);
            score.Insert(0, "method", row.Method);
            score.Insert(1, "perturbation", row.Perturbation);
            return (JsonNode)score;
        })]),
    };
}
