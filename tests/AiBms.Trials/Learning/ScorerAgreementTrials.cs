using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AiBms.Battery.Cells;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;

namespace AiBms.Trials.Learning;

/// <summary>The independent scorer beside the data runs the command line as a user would; on its own cut rows the board must say the same.</summary>
public partial class ScorerAgreementTrials
{
    const string Recording = "lg-18650hg2/1hz/25degC/551_UDDS.csv.gz";

    [Fact]
    public void SameCutsSameFigures()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(DataFolder.Variable) is not { Length: > 0 }, "skipped: no data folder");
        string root = DataFolder.Locate(), home = Home(), scorer = Path.Combine(root, "..", "tools", "score_soc.py");
        Assert.SkipUnless(File.Exists(scorer), "skipped: no scorer beside the data folder");

        // The scorer draws its rows with Python's random; the same draw gives them to us.
        int[] rows = [.. Python(home, "-c", Draw, Path.Combine(root, Recording)).Split(' ').Select(row => int.Parse(row, CultureInfo.InvariantCulture))];
        string said = Python(home, scorer, root, "lg_hg2", Recording, "--cuts", "4", "--method", "ekf");
        var match = Summary().Match(said);
        Assert.True(match.Success, said);

        var cell = new CellCatalogue(Path.Combine(home, "cells")).Find("lg_hg2");
        var set = LgHg2.Describe(root);
        var labelled = set.Load(root, set.Files.Single(file => file.RelativePath == Recording));
        var rung = SocRung.All.Single(known => known.Name == "ekf");
        var score = ScoreSummary.Of(CutRuns.Over(labelled, rows.Select(row => new Cut(row, CutKind.Drive)), rung.Create(cell), rung.UnknownStart, Perturbation.None, new(), 1, Recording));
        double Said(string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

        // Points; the scorer prints two, one and no decimals, and takes coverage from every sixtieth row.
        Assert.Equal(Said("rmse"), 100 * score.RmseSoc, 0.1);
        Assert.Equal(Said("p99"), 100 * score.Percentile99Soc, 0.1);
        Assert.Equal(Said("coverage"), 100 * score.CoverageFraction, 2.5);
    }

    const string Draw = """
        import csv, gzip, random, sys
        q = 2.778
        rows = list(csv.DictReader(gzip.open(sys.argv[1], 'rt')))
        t = [float(r['time_s']) for r in rows]; i = [float(r['current_a']) for r in rows]
        z = [1 + (float(r['capacity_ah']) - float(rows[0]['capacity_ah'])) / q for r in rows]
        ok = [k for k in range(len(rows)) if .2 < z[k] < .95 and abs(i[k]) > q / 10 and t[-1] - t[k] > 1800]
        print(*sorted(random.Random(11).sample(ok, 4)))
        """;

    static string Home()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AiBms.slnx"))) return folder.FullName;
        throw new InvalidOperationException("no repository above the test");
    }

    static string Python(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("python3", arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output.Trim();
    }

    [GeneratedRegex(@"none: RMSE (?<rmse>[\d.]+) % P99 (?<p99>[\d.]+) % coverage (?<coverage>[\d.]+) %", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Summary();
}
