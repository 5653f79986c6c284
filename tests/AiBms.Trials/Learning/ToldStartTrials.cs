using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Learning.Datasets;
using AiBms.Trials.House;

namespace AiBms.Trials.Learning;

/// <summary>A told start that recorded voltages speak against for some seconds: what is found in between is not called valid.</summary>
public class ToldStartTrials
{
    [Fact]
    public void NoAnswerFarOffIsValidInTheColdsFirstPulses()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(DataFolder.Variable) is not { Length: > 0 }, "skipped: no data folder");
        string data = DataFolder.Locate();
        var set = Panasonic18650Pf.Describe(data);
        var labelled = set.Load(data, set.In(SplitPart.Test).First(file => file is { AmbientDegC: -20, Cycle: "LA92" }));
        EkfEstimator<double> estimator = new(new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(set.CellId) with { CapacityAh = labelled.ReferenceAh });
        estimator.Start(SocStart.Told(labelled.Soc.First(double.IsFinite)));
        var recording = labelled.Recording;
        int farOff = 0;
        for (int k = 0; k < 120; k++)
        {
            var estimate = estimator.Step(new(recording.TimeS[k], recording.CurrentA[k], recording.VoltageV[k], recording.TemperatureDegC[k]));
            double off = Math.Abs(estimate.Soc - labelled.Soc[k]);
            if (off > 0.3) farOff++;
            if (off > 0.15) Assert.Equal(SocValidity.Converging, estimate.Validity);
        }

        Assert.InRange(farOff, 1, 20); // else it shows nothing
    }
}
