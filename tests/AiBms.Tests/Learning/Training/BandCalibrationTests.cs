using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Training;
using AiBms.Tests.Battery.Estimation;

namespace AiBms.Tests.Learning.Training;

/// <summary>A band is calibrated on what is chosen on: too narrow a model gets a wide factor, and the test part is not even there.</summary>
public class BandCalibrationTests
{
    static SocTrainingItem Item(string name, SplitPart part, int seed, double ambientDegC = 25, double labelOffset = 0)
    {
        var (samples, soc) = SyntheticDrive.Make(0.8, 5000);
        Random random = new(seed);
        return new(
            new() { RelativePath = name, Cycle = name, AmbientDegC = ambientDegC, Group = "25", ReferenceAh = SyntheticDrive.Cell.CapacityAh, ReferenceFraction = 0.01, Part = part },
            new LabelledRecording
            {
                Recording = new()
                {
                    Name = name,
                    TimeS = [.. samples.Select(sample => sample.TimeS)],
                    CurrentA = [.. samples.Select(sample => sample.CurrentA)],
                    VoltageV = [.. samples.Select(sample => sample.VoltageV + 1e-4 * random.NextDouble())],
                    TemperatureDegC = [.. samples.Select(sample => sample.TemperatureDegC)],
                    Flags = new AiBms.Telemetry.Readings.RowFlags[samples.Length],
                },
                Soc = [.. soc.Select(value => value + labelOffset)],
                ReferenceAh = SyntheticDrive.Cell.CapacityAh,
            },
            SyntheticDrive.Cell);
    }

    [Fact]
    public void AModelThatClaimsTooLittleIsWidened()
    {
        var split = TrainingSplits.Of("made up", [Item("train.csv", SplitPart.Train, 1), Item("choose.csv", SplitPart.Choose, 2)], item => item.File.Cycle, item => item.File.Part);
        double Factor(double deviation) => BandCalibration.Of(Claiming(deviation), split, cuts: 2).Band!.FactorAt(25, 0.7);

        // The same errors under half the claim need twice the factor.
        Assert.Equal(2, Factor(0.1) / Factor(0.2), 0.01);
    }

    [Fact]
    public void AnAmbientLearnsFromTheErrorsOfItsNeighbours()
    {
        SocTrainingItem[] items = [Item("train.csv", SplitPart.Train, 1), Item("calm.csv", SplitPart.Choose, 2), Item("wild.csv", SplitPart.Choose, 3, ambientDegC: 15, labelOffset: -0.3), Item("far.csv", SplitPart.Choose, 4, ambientDegC: -40)];
        double[] FactorsAt(params double[] ambientsDegC)
        {
            var band = BandCalibration.Of(Claiming(0.1), TrainingSplits.Of("made up", items, item => item.File.Cycle, item => item.File.Part), cuts: 2).Band!;
            return [.. ambientsDegC.Select(ambientDegC => band.FactorAt(ambientDegC, 0.7))];
        }

        double[] with = FactorsAt(25, 15, -40);
        items = [.. items.Where(item => item.File.Cycle != "wild.csv")];
        double[] alone = FactorsAt(25, -40);

        Assert.True(with[0] > 1.1 * alone[0], "ten kelvin from a recording that errs more, the band has to be wider");
        // Out of reach it says nothing.
        Assert.Equal(alone[1], with[2], 0.1 * alone[1]);
    }

    [Fact]
    public void ARecordingIsRunWithTheModelThatDidNotSeeIt()
    {
        // The model itself is right; only the ones made without the recordings err. The band has to be theirs.
        var split = TrainingSplits.Of("made up", [Item("train.csv", SplitPart.Train, 1), Item("choose.csv", SplitPart.Choose, 2)], item => item.File.Cycle, item => item.File.Part);
        (ModelFile, SocTrainingItem)[] Held(ModelFile model) => [.. split.Train.Concat(split.Choose).Select(unit => (model, unit.Item))];
        double Factor(double deviation) => BandCalibration.OfHeldOut(Claiming(0.1), Held(Claiming(deviation)), split, cuts: 2).Band!.FactorAt(25, 0.7);
        Assert.Equal(2, Factor(0.1) / Factor(0.2), 0.01);
    }

    [Fact]
    public void AnAmbientWithManyRecordingsSpeaksForItself()
    {
        double FactorAt(int own)
        {
            SocTrainingItem[] items = [.. Enumerable.Range(0, own).Select(k => Item($"calm {k}.csv", SplitPart.Train, 10 + k)), Item("wild.csv", SplitPart.Train, 3, ambientDegC: 15, labelOffset: -0.3)];
            var split = TrainingSplits.Of("made up", items, item => item.File.Cycle, item => item.File.Part);
            return BandCalibration.OfHeldOut(Claiming(0.1), [.. items.Select(item => (Claiming(0.1), item))], split, cuts: 2).Band!.FactorAt(25, 0.7);
        }

        Assert.True(FactorAt(2) > 1.1 * FactorAt(5), "five of its own are enough, two are not");
    }

    static ModelFile Claiming(double deviation) => new()
    {
        Format = ModelFile.CurrentFormat,
        Id = "constant",
        Model = "soc",
        Method = "mean",
        Title = "constant",
        Validity = "none",
        Training = new() { Command = "", Seed = 1, CodeVersion = "", DataHash = "", Split = "", Train = [], Choose = [], Options = new Dictionary<string, string>(StringComparer.Ordinal) },
        Inputs = [new() { Name = "voltage", Unit = "V", Scale = 1 }],
        Outputs = SocModels.Outputs,
        Layers = [new() { Kind = "dense", Inputs = 1, Outputs = 2, Weights = [0, 0], Bias = [1, (float)((Math.Log(deviation) - SocModels.Outputs[1].Mean) / SocModels.Outputs[1].Scale)] }],
    };
}
