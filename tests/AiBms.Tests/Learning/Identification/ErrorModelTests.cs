using AiBms.Learning.Identification;

namespace AiBms.Tests.Learning.Identification;

/// <summary>How low recordings under load came is told of all that took part in the fit near a temperature, slow ones too.</summary>
public class ErrorModelTests
{
    [Theory]
    [InlineData(25, true, 0.02), InlineData(60, true, 0.4), InlineData(25, false, 0.4)]
    public void LeastSocIsOfTheFitsRecordingsNearby(double slowDegC, bool isFit, double leastSoc)
    {
        FitRun[] drives = [Down(KnownCell.Drive(1), 0.4), Down(KnownCell.Drive(2), 0.5)];
        var slow = KnownCell.Drive(3) with { IsFit = isFit, TemperatureDegC = [.. KnownCell.Drive(3).TimeS.Select(_ => slowDegC)] };
        var solution = CircuitFit.Identify(drives, KnownCell.Curve(_ => 0), KnownCell.Options with { MaxEvaluations = 3 });
        var error = ErrorModel.Estimate([.. drives, slow], [true, true, false], solution);

        // Drives end with the step that passes their end: a second at 4 A is 0.0004.
        Assert.Equal(leastSoc, error.LeastSocAt(25), 0.001);
    }

    /// <summary>The part of a recording above a charge.</summary>
    static FitRun Down(FitRun run, double soc)
    {
        int count = Array.FindIndex(run.Soc, z => z < soc);
        double[] First(double[] values) => values[..count];
        return run with { TimeS = First(run.TimeS), CurrentA = First(run.CurrentA), VoltageV = First(run.VoltageV), TemperatureDegC = First(run.TemperatureDegC), Soc = First(run.Soc) };
    }
}
