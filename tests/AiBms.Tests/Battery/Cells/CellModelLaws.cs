using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Tests.Battery.Electrochemistry;
using CsCheck;

namespace AiBms.Tests.Battery.Cells;

/// <summary>Physical laws that every cell model obeys. A model takes part by standing in <see cref="Models"/>.</summary>
public class CellModelLaws
{
    static readonly Dictionary<string, Func<(ICellModel Model, double CapacityAh)>> All = new(StringComparer.Ordinal)
    {
        ["circuit"] = () => (new TheveninModel(SyntheticCells.TwoPairs()), 2),
        ["circuit with charge-transfer knee"] = () => (new TheveninModel(SyntheticCells.TwoPairs(kneeA: 3)), 2),
        ["circuit with hysteresis"] = () => (new TheveninModel(SyntheticCells.TwoPairs(hysteresisV: 0.02)), 2),
        ["single particle"] = () =>
        {
            var cell = new SingleParticleCell(PhysicsSets.Of("chen2020"));
            return (cell, cell.CapacityAh);
        },
    };

    /// <summary>dU/dT of the models, V/K: the circuits' own, and none in Chen2020.</summary>
    static double EntropicVPerK(string name) => name == "single particle" ? 0 : 1e-4;

    public static TheoryData<string> Models => [.. All.Keys];

    static double[] At(ICellModel model, double soc)
    {
        var state = new double[model.StateCount];
        model.Rest(state, soc);
        return state;
    }

    [Theory, MemberData(nameof(Models))]
    public void CoulombsInAndOutReturnToTheSameSoc(string name)
    {
        (ICellModel model, double capacityAh) = All[name]();
        Gen.Select(Gen.Double[0.3, 0.7], Gen.Double[-5, 5], Gen.Double[1, 100]).Sample((soc, currentA, stepS) =>
        {
            double[] state = At(model, soc);
            model.Step(state, currentA, 25, stepS);
            bool counted = Math.Abs(state[0] - soc - currentA * stepS / 3600 / capacityAh) < 1e-12;
            model.Step(state, -currentA, 25, stepS);
            return counted && Math.Abs(state[0] - soc) < 1e-12;
        });
    }

    [Theory, MemberData(nameof(Models))]
    public void RestRelaxesToOcv(string name)
    {
        (ICellModel model, _) = All[name]();
        double[] state = At(model, 0.5);
        for (int k = 0; k < 60; k++) model.Step(state, -4, 25, 1);
        for (int k = 0; k < 200; k++) model.Step(state, 0, 25, 60);
        double branchV = name.Contains("hysteresis", StringComparison.Ordinal) ? 0.02 : 0;
        Assert.Equal(model.OpenCircuitVoltageV(state[0], 25), model.VoltageV(state, 0, 25), 1e-9 + branchV);
    }

    [Theory, MemberData(nameof(Models))]
    public void ColdDropsMore(string name)
    {
        (ICellModel model, _) = All[name]();
        double DropV(double temperatureDegC)
        {
            double[] state = At(model, 0.5);
            for (int k = 0; k < 30; k++) model.Step(state, -2, temperatureDegC, 1);
            return model.OpenCircuitVoltageV(state[0], temperatureDegC) - model.VoltageV(state, -2, temperatureDegC);
        }

        Assert.True(DropV(0) > DropV(25) && DropV(25) > DropV(50) && DropV(50) > 0);
    }

    [Theory, MemberData(nameof(Models))]
    public void HeatWithoutEntropyEqualsLostPower(string name)
    {
        (ICellModel model, _) = All[name]();
        double[] state = At(model, 0.5);
        for (int k = 0; k < 100; k++) model.Step(state, -3, 25, 1);
        double lostW = (model.VoltageV(state, -3, 25) - model.OpenCircuitVoltageV(state[0], 25)) * -3;
        double reversibleW = -3 * 298.15 * EntropicVPerK(name);
        Assert.Equal(lostW + reversibleW, model.HeatW(state, -3, 25), 1e-12);
    }

    /// <summary>Every model advances by its exact solution: while the parameters stand still, two half steps are one whole step.</summary>
    [Theory, MemberData(nameof(Models))]
    public void TwoHalfStepsEqualOneWholeStep(string name)
    {
        (ICellModel model, double capacityAh) = All[name]();
        double[] whole = At(model, 0.6), halves = At(model, 0.6);
        model.Step(whole, -1.5 * capacityAh, 25, 60);
        model.Step(halves, -1.5 * capacityAh, 25, 30);
        model.Step(halves, -1.5 * capacityAh, 25, 30);
        for (int k = 0; k < whole.Length; k++) Assert.Equal(whole[k], halves[k], 1e-14);
    }

    [Theory, MemberData(nameof(Models))]
    public void StepAllocatesNothing(string name)
    {
        (ICellModel model, _) = All[name]();
        double[] state = At(model, 0.5);
        for (int k = 0; k < 100; k++) model.Step(state, 1, 25, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++) model.Step(state, 1, 25, 0.01);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
