using System.Globalization;
using System.Text;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards.Temperature;
using AiBms.Learning.Health;
using AiBms.Learning.Training;
using AiBms.Training;
using AiBms.Trials.House;

namespace AiBms.Trials.Learning;

/// <summary>Forecasts of temperature learnt from a user's own drives.</summary>
public sealed class OwnDrivesTrials : IDisposable
{
    sealed class Silent : ITrainingWatch
    {
        public void Say(string sentence) { }

        public void Report(in TrainingPoint point) { }
    }

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-own-drives-").FullName;

    static readonly CellCatalogue s_cells = new(Path.Combine(Clone.Root, "cells"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A cell that gives off its heat half as well as its file says: what is learnt is what the physics leaves over.
    // With a pump the heat goes off faster while it runs, at random halves of an hour.
    void Write(int number, bool hasPump = false, bool tellsPump = false)
    {
        Random random = new(number);
        StringBuilder text = new($"time_s,current_a,voltage_v,temperature_c,ambient_c{(tellsPump ? ",pump_duty" : "")}\n");
        double coreDegC = 25, caseDegC = 25, currentA = 0;
        int duty = 0;
        for (int k = 0; k < 4200; k++)
        {
            if (hasPump && random.Next(600) == 0) duty = 1 - duty;
            if (k % 120 == 0) currentA = -9 * random.NextDouble() + (random.Next(3) == 0 ? 6 : 0);
            double heatW = currentA * currentA * 0.04, flowW = (coreDegC - caseDegC) / 2;
            coreDegC += (heatW - flowW) / 36;
            caseDegC += (flowW - (caseDegC - 25) / (duty > 0 ? 2 : 18)) / 8;
            text.Append(CultureInfo.InvariantCulture, $"{k},{currentA:0.000},{3.7 + 0.04 * currentA:0.0000},{caseDegC:0.000},25{(tellsPump ? $",{duty}" : "")}\n");
        }

        File.WriteAllText(Path.Combine(_folder, $"drive{number}.csv"), text.ToString());
    }

    [Fact]
    public void TheLastDriveMakesTheIntervalAndTheModelIsTheCells()
    {
        for (int k = 0; k < 4; k++) Write(k);
        TrainingLibrary library = new();
        var file = Train(library);
        Assert.Equal(["drive0.csv", "drive1.csv", "drive2.csv"], file.Training.Train);
        Assert.Equal(["drive3.csv"], file.Training.Choose);
        Assert.Equal(["sample_nmc"], file.Cells);
        Assert.Equal("temp_300s-known_own", file.Id);
        Assert.NotNull(file.Interval);
        // The physics alone believes in twice the heat given off; most of what it leaves over is learnt, as the drive held out shows.
        var alone = TemperatureProtocols.Learners(library).Single(learner => learner.Name == TemperatureProtocols.PhysicsAlone);
        var split = OwnTemperature.Of(_folder, s_cells.Find("sample_nmc"))[new(300, true)].Split;
        double physicsK = Assert.Single(FeatureFit.Fit(alone, split.Training, 1, null).Metrics).Value;
        Assert.InRange(Assert.Single(file.Metrics).Value, 0, 0.3 * physicsK);
    }

    [Fact]
    public void ThePumpIsAnInputWhereEveryDriveMeasuresIt()
    {
        for (int k = 0; k < 4; k++) Write(k, hasPump: true, tellsPump: true);
        Assert.Equal(["duty of the pump", "duty of the pump less its mean over 300 s"], Train(new()).Inputs.Select(input => input.Name).Where(name => name.Contains("pump", StringComparison.Ordinal)));
    }

    [Fact]
    public void ASignalThatOneDriveDoesNotHaveIsNotLearntFrom()
    {
        for (int k = 0; k < 4; k++) Write(k, hasPump: true, tellsPump: k != 2);
        Assert.DoesNotContain(Train(new()).Inputs, input => input.Name.Contains("pump", StringComparison.Ordinal));
    }

    ModelFile Train(TrainingLibrary library)
    {
        var trainer = FeatureTrainers.All(library).Single(one => one.Model == "temp" && one.Method == "300s-known");
        return trainer.Train(new()
        {
            DataPath = _folder,
            Set = "own",
            Cells = s_cells,
            CellId = "sample_nmc",
            Seed = 1,
            Command = "trial",
            CodeVersion = "trial",
            Options = trainer.Defaults,
        }, new Silent());
    }
}
