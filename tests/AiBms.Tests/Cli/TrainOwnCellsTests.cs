using System.Globalization;
using System.Text;
using System.Text.Json;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli;

namespace AiBms.Tests.Cli;

/// <summary>Health and life learnt from a user's own files, and asked again.</summary>
public sealed class TrainOwnCellsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-own-cells-").FullName, _out = Directory.CreateTempSubdirectory("aibms-own-models-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_out, recursive: true);
    }

    /// <summary>Cycles of a cell whose voltage is a straight line over charge, 1 A in and 1.5 A out: what goes into a window of voltage is in proportion to its capacity.</summary>
    string Write(string name, double firstSoh, double fadePerCycle, int cycles, double emptyV = 2.8)
    {
        StringBuilder text = new("time_s,current_a,voltage_v,temperature_c\n");
        double timeS = 0;
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            double capacityAh = 3 * (firstSoh - fadePerCycle * cycle), soc = 0;
            void Row(double currentA, double voltageV, double stepS) =>
                text.Append(CultureInfo.InvariantCulture, $"{timeS += stepS:0},{currentA:0.000},{voltageV:0.0000},25\n");
            for (; soc < 1; soc += 60 / 3600.0 / capacityAh) Row(1, Math.Min(4.2, emptyV + (4.2 - emptyV) * soc), 60);
            for (int k = 0; k < 5; k++) Row(0, 4.2, 60);
            for (soc = 1; soc > 0; soc -= 1.5 * 60 / 3600.0 / capacityAh) Row(-1.5, Math.Max(emptyV, emptyV + (4.2 - emptyV) * soc), 60);
            for (int k = 0; k < 5; k++) Row(0, emptyV, 60);
        }

        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text.ToString());
        return path;
    }

    (int Code, string Output, string Error) Train(params string[] more) => CliRun.Of(["train", "--data_path", _folder, "--set", "own", "--out", _out, .. more]);

    [Fact]
    public void HealthIsLearntFromChargesThatAFullDischargeFollows()
    {
        for (int k = 0; k < 5; k++) Write($"cell{k}.csv", 1.0 - 0.03 * k, 0.01, 8);
        var (code, _, error) = Train("--model", "soh", "--cell", "sample_nmc");
        Assert.Equal("", code == ExitCode.Ok ? "" : error);
        var file = ModelCatalogue.Read(Path.Combine(_out, "soh_windows_own.json"));
        Assert.Equal(["cell0.csv", "cell1.csv", "cell2.csv", "cell3.csv", "cell4.csv"], file.Training.Train);
        Assert.NotNull(file.Interval);
        Assert.Contains("--set own", file.Training.Command, StringComparison.Ordinal);

        // A cell that it has not seen, between those that it has.
        string unseen = Write("unseen.csv", 0.94, 0.01, 3);
        var asked = CliRun.Of("infer", "--model", "soh", "--input_path", unseen, "--capacity-ah", "3", "--models", _out, "--json");
        Assert.Equal("", asked.Code == ExitCode.Ok ? "" : asked.Error);
        using var answer = JsonDocument.Parse(asked.Output);
        Assert.Equal("soh_windows_own", answer.RootElement.GetProperty("model").GetString());
        double[] soh = [.. answer.RootElement.GetProperty("estimatesByRow").EnumerateArray().Select(row => row.GetProperty("value").GetDouble())];
        // Windows are read off samples a minute apart, each 0.6 % of the capacity.
        Assert.Equal(3, soh.Length);
        for (int k = 0; k < 3; k++) Assert.InRange(soh[k], 0.94 - 0.01 * k - 0.012, 0.94 - 0.01 * k + 0.012);
    }

    [Fact]
    public void LifeIsLearntFromCurvesWithATableOfLives()
    {
        StringBuilder lives = new("file,cycle_life\n");
        for (int k = 0; k < 12; k++)
        {
            // The more the curve sinks by cycle 100, the shorter the life, as a power.
            double fall = 0.004 * (k + 1), life = 30 / Math.Sqrt(fall);
            StringBuilder text = new("v,q_c2,q_c10,q_c50,q_c100\n");
            for (int row = 0; row < 100; row++)
            {
                double v = 3.5 - 0.015 * row, q = 1.05 * row / 99, bend = Math.Sin(Math.PI * row / 99) * (1 + 0.2 * Math.Sin(3.0 * row + k));
                text.Append(CultureInfo.InvariantCulture, $"{v:0.000},{q:0.00000},{q - 0.08 * fall * bend:0.00000},{q - 0.5 * fall * bend:0.00000},{q - fall * bend:0.00000}\n");
            }

            File.WriteAllText(Path.Combine(_folder, $"c{k:00}.csv"), text.ToString());
            lives.Append(CultureInfo.InvariantCulture, $"c{k:00}.csv,{life:0}\n");
        }

        var without = Train("--model", "rul");
        Assert.Equal(ExitCode.Data, without.Code);
        Assert.Contains("no lives.csv", without.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_out));

        File.WriteAllText(Path.Combine(_folder, "lives.csv"), lives.ToString());
        var (code, _, error) = Train("--model", "rul");
        Assert.Equal("", code == ExitCode.Ok ? "" : error);
        var asked = CliRun.Of("infer", "--model", "rul", "--input_path", Path.Combine(_folder, "c06.csv"), "--models", _out, "--json");
        Assert.Equal("", asked.Code == ExitCode.Ok ? "" : asked.Error);
        using var answer = JsonDocument.Parse(asked.Output);
        Assert.Equal("rul_curves_own", answer.RootElement.GetProperty("model").GetString());
        // Lives from 137 to 474; this one is 179.
        Assert.InRange(answer.RootElement.GetProperty("rul").GetDouble(), 160, 200);
    }

    [Theory]
    [InlineData("at least 3 are needed", "--model", "soh", "--cell", "sample_nmc")]
    [InlineData("name it with --cell", "--model", "soh")]
    [InlineData("holds one recording", "--model", "temp", "--cell", "sample_nmc")]
    [InlineData("does not say what cell", "--model", "temp")]
    public void WhatIsMissingIsOneSentence(string sentence, params string[] told)
    {
        Write("only.csv", 1, 0.01, 1);
        var (code, _, error) = Train(told);
        Assert.Equal(ExitCode.Data, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_out));
    }

    [Fact]
    public void ARecordingThatTellsNoCapacityIsNamed()
    {
        for (int k = 0; k < 3; k++) Write($"cell{k}.csv", 1, 0.01, 2);
        Write("shallow.csv", 1, 0.01, 2, emptyV: 3.4);
        var (code, _, error) = Train("--model", "soh", "--cell", "sample_nmc");
        Assert.Equal(ExitCode.Data, code);
        Assert.Contains("shallow.csv has 2 charges, of which none reaches 4.2 V and is followed by a discharge to 2.8 V", error, StringComparison.Ordinal);
    }
}
