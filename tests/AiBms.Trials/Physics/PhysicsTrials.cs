using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Learning.Physics;

namespace AiBms.Trials.Physics;

public class PhysicsTrials
{
    [Fact]
    public void EveryConvergedCurveIsMet()
    {
        // 0.3 mV RMSE and 2 mV for t > 1 s; the curves' own mesh error is up to 0.3 mV (DFN at 2C).
        foreach (var row in Board().Truths())
        {
            Assert.True(row.Fine.RmseMV <= 0.31, $"{row.Name}: {row.Fine.RmseMV:0.000} mV RMSE");
            Assert.True(row.Fine.MaxMV <= 2, $"{row.Name}: {row.Fine.MaxMV:0.000} mV max");
            Assert.True(row.Normal.RmseMV <= 1.3, $"{row.Name}, working resolution: {row.Normal.RmseMV:0.000} mV RMSE");
            Assert.True(row.Fine.TemperatureMaxK <= 0.1, $"{row.Name}: {row.Fine.TemperatureMaxK:0.000} K");
        }
    }

    [Fact]
    public void ComsolIsMetAsCloselyAsItsOwnMeshAllows()
    {
        double[] aims = [0.15, 0.57, 0.88];
        foreach (var (row, aim) in Board().Comsol().Zip(aims))
        {
            Assert.True(row.RmseMV <= aim, $"{row.Rate}: {row.RmseMV:0.000} mV RMSE");
            Assert.True(row.SaltMaxMolPerM3 <= 4, $"{row.Rate}: {row.SaltMaxMolPerM3:0.0} mol/m³");
        }
    }

    [Fact]
    public void PublishedCellsComeAsCloseToMeasurementAsTheirAuthorsSolverDoes() =>
        // Within 1 mV of the RMSE that the other solver reaches with the same files.
        Assert.All(Board().Bpx(), row => Assert.Equal(row.PeerMV, row.DfnMV, 1.0));

    [Fact]
    public void TheInterphaseTakesTheLithiumThatTheReferenceSays()
    {
        foreach (var row in Board().Ageing())
        {
            Assert.Equal(1, row.StoredAh / row.StoredReferenceAh, 2e-4);
            // Interstitials: the reference lets the film's own drop act under load, which is 3 % over 20 cycles.
            Assert.Equal(1, row.CycledAh / row.CycledReferenceAh, row.Law == "InterstitialDiffusionLimited" ? 0.035 : 1e-3);
        }
    }

    [Fact]
    public void CoupledAgeingLosesWhatTheReferenceLoses()
    {
        // Both on 5/5/5 cells; the reference's even shells extrapolate the surface linearly, so a few per cent of the losses are its own.
        var rows = Board().CoupledAgeing();
        (var reference, var ours, var fine) = (rows[0], rows[1], rows[3]);
        Assert.Equal(reference.CapacityAh, ours.CapacityAh, 1e-3);
        Assert.Equal(1, ours.SideReactionsAh / reference.SideReactionsAh, 0.02);
        Assert.Equal(1, ours.LithiumLossPercent / reference.LithiumLossPercent, 0.02);
        Assert.Equal(1, ours.NegativeLossPercent / reference.NegativeLossPercent, 0.01);
        Assert.Equal(1, ours.PositiveLossPercent / reference.PositiveLossPercent, 0.01);
        Assert.Equal(1, ours.SideReactionsAh / fine.SideReactionsAh, 0.05);
    }

    static PhysicsBoard Board()
    {
        string? folder = Environment.GetEnvironmentVariable("AIBMS_REFERENCE");
        Assert.SkipWhen(folder is null, "skipped: no folder of reference curves (AIBMS_REFERENCE)");
        string sets = Path.Combine(Root(), "cells", "physics");
        return new(folder!, new ParameterSetCatalogue(sets), sets);
    }

    internal static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "AiBms.slnx"))) at = at.Parent ?? throw new InvalidOperationException("outside the repository");
        return at.FullName;
    }
}
