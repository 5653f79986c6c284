using AiBms.Battery;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;

namespace AiBms.Tests.Battery.Simulation.Twin;

public class TwinLaws
{
    public static TheoryData<string> Packs => [TwinRig.Ev, TwinRig.Module, TwinRig.Store];

    /// <summary>Terminal energy = what the cells hold more + every heat; heat made and brought in = heat held more + heat given off.</summary>
    [Theory]
    [MemberData(nameof(Packs))]
    public void EnergyBalances(string pack)
    {
        var options = TwinRig.Real(pack) with { StartSoc = 0.6, StartDegC = 18 };
        options = options with { Faults = [TwinRig.Fault("internal-short:V3=2@200", options), TwinRig.Fault("contact-resistance:V5@400", options)] };
        var twin = TwinRig.OnLine(options);
        twin.Write(TwinRig.Command(twin, pump: 0.7, chiller: 0.3, heater: 0.1, bleed: [1, 4]));
        double startJ = EnthalpyJ(twin, options), terminalJ = 0, scaleJ = 0, capacityAh = options.Cell.CapacityAh * options.Layout.ParallelCount;
        for (int n = 0; n < 1800; n++)
        {
            double currentA = capacityAh * (0.8 * Math.Sin(n / 90.0) - 0.3);
            twin.Step(TwinLoad.Current(currentA, 18 + n * 0.005), 1);
            terminalJ += currentA * twin.Truth.TerminalVoltageV;
            scaleJ += Math.Abs(currentA * twin.Truth.TerminalVoltageV);
        }

        // What the cells hold is integrated here from the cell's file and their charge, not taken from the twin's sums.
        var sums = twin.Truth.Ledger;
        double storedJ = EnthalpyJ(twin, options) - startJ - sums.AgedJ;
        Assert.Equal(0, (terminalJ - storedJ - sums.CellHeatJ - sums.BusbarHeatJ - sums.CableHeatJ - sums.BleedJ) / scaleJ, 1e-6);

        double heatJ = sums.CellHeatJ + sums.BusbarHeatJ;
        Assert.Equal(0, (heatJ + sums.BroughtJ - sums.HeldJ - sums.ToAmbientJ) / heatJ, 1e-6);
    }

    /// <summary>Without ageing, shorts and bleeding the charge of every group is what went through the string.</summary>
    [Theory]
    [MemberData(nameof(Packs))]
    public void ChargeOfEveryGroupIsTheStrings(string pack)
    {
        var options = TwinRig.Real(pack) with { Ageing = TwinAgeingOptions.None, Mismatch = new(), StartSoc = 0.5 };
        options = options with { Cell = options.Cell with { Circuit = options.Cell.Circuit! with { CoulombicEfficiency = 1 } } };
        var twin = TwinRig.OnLine(options);
        double[] startAh = [.. Enumerable.Range(0, options.Layout.SeriesCount).Select(g => twin.Truth.GroupSoc(g) * twin.Truth.GroupCapacityAh(g))];
        double capacityAh = options.Cell.CapacityAh * options.Layout.ParallelCount;
        for (int n = 0; n < 1200; n++) twin.Step(TwinLoad.Current(-capacityAh * (0.5 + 0.5 * Math.Sin(n / 50.0)), 25), 1);
        double throughAh = Units.ToAmpereHours(twin.Truth.Ledger.ChargeAs);
        for (int g = 0; g < startAh.Length; g++)
            Assert.Equal(throughAh, twin.Truth.GroupSoc(g) * twin.Truth.GroupCapacityAh(g) - startAh[g], 1e-9 * capacityAh);
    }

    [Fact]
    public void CellsAlikeShareTheCurrentAlike()
    {
        var twin = TwinRig.OnLine(TwinRig.Plain(TwinRig.Ev));
        for (int n = 0; n < 60; n++) twin.Step(TwinLoad.Current(-150, 25), 1);
        var currentA = twin.Truth.CellCurrentA;
        for (int c = 0; c < currentA.Length; c++) Assert.Equal(-75, currentA[c], 1e-9);
    }

    /// <summary>Kirchhoff: the currents of a group's cells sum to the string's, and each cell sees the group's voltage.</summary>
    [Fact]
    public void CellsThatDifferShareByTheirResistance()
    {
        var twin = TwinRig.OnLine(TwinRig.Plain(TwinRig.Ev) with { Mismatch = new() });
        for (int n = 0; n < 30; n++) twin.Step(TwinLoad.Current(-200, 25), 1);
        var currentA = twin.Truth.CellCurrentA;
        double largest = 0;
        for (int g = 0; g < twin.Layout.SeriesCount; g++)
        {
            Assert.Equal(-200, currentA[2 * g] + currentA[2 * g + 1], 1e-9);
            largest = Math.Max(largest, Math.Abs(currentA[2 * g] - currentA[2 * g + 1]));
        }

        Assert.InRange(largest, 10, 100);
    }

    /// <summary>After a long rest voltage is OCV and circulating current is gone.</summary>
    [Fact]
    public void RestRelaxes()
    {
        var options = TwinRig.Plain(TwinRig.Ev) with { Spread = new() { CapacityFraction = 0.03 }, MaxStepS = 60 };
        var twin = TwinRig.OnLine(options);
        for (int n = 0; n < 600; n++) twin.Step(TwinLoad.Current(-240, 25), 1);
        double underLoadV = twin.Truth.TerminalVoltageV;
        for (int n = 0; n < 168; n++) twin.Step(TwinLoad.Rest(25), 3600);
        Assert.True(twin.Truth.TerminalVoltageV > underLoadV);
        double settledV = twin.Truth.TerminalVoltageV;
        twin.Step(TwinLoad.Rest(25), 3600);
        Assert.Equal(settledV, twin.Truth.TerminalVoltageV, 1e-5);
        foreach (double a in twin.Truth.CellCurrentA) Assert.Equal(0, a, 1e-4);
    }

    /// <summary>A step cut in two comes close to the whole: first order, because OCV, resistance and heat are those at a step's start.</summary>
    [Fact]
    public void ErrorFallsWithTheStep()
    {
        double at(double stepS)
        {
            var twin = TwinRig.OnLine(TwinRig.Plain(TwinRig.Module) with { MaxStepS = 60 });
            twin.Write(TwinRig.Command(twin, pump: 0.5));
            for (double t = 0; t < 960; t += stepS) twin.Step(TwinLoad.Current(-90, 25), stepS);
            return twin.Truth.CoreDegC[6];
        }

        double finest = at(0.5), coarse = Math.Abs(at(16) - finest), fine = Math.Abs(at(8) - finest);
        Assert.InRange(coarse / fine, 1.7, 2.4);
    }

    [Fact]
    public void PowerIsMet()
    {
        var twin = TwinRig.OnLine(TwinRig.Real(TwinRig.Ev));
        foreach (double powerW in (double[])[-80_000, 30_000, 0, -5_000])
        {
            twin.Step(TwinLoad.Power(powerW, 25), 1);
            Assert.Equal(powerW, twin.Truth.PackCurrentA * twin.Truth.TerminalVoltageV, 1e-6 * 80_000);
        }
    }

    [Fact]
    public void AChargeHoldsTheHighestCellAtItsLimit()
    {
        var twin = TwinRig.OnLine(TwinRig.Real(TwinRig.Module) with { StartSoc = 0.9 });
        double highestV = 0;
        for (int n = 0; n < 3600; n++)
        {
            twin.Step(TwinLoad.Current(60, 25) with { MaxCellV = 4.15 }, 1);
            highestV = Math.Max(highestV, Max(twin.Truth.GroupVoltageV));
        }

        Assert.Equal(4.15, highestV, 1e-9);
        Assert.InRange(twin.Truth.PackCurrentA, 0, 20);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var options = TwinRig.Real(TwinRig.Ev) with { Mismatch = new() };
        var twin = TwinRig.OnLine(options with { Faults = [TwinRig.Fault("pump-stop@5-8", options)] });
        var reading = new PackReading(twin.Layout);
        var command = TwinRig.Command(twin, pump: 0.5, chiller: 0.5, bleed: [3]);
        for (int n = 0; n < 3; n++) Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int n = 0; n < 100; n++) Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            twin.Write(command);
            twin.Step(TwinLoad.Power(-20_000, 25), 1);
            twin.TryRead(reading);
        }
    }

    [Fact]
    public void SameSeedSameReadings()
    {
        var (first, second, other) = (Run(7), Run(7), Run(8));
        Assert.Equal(first.CellVoltageV, second.CellVoltageV);
        Assert.Equal(first.ProbeTemperatureDegC, second.ProbeTemperatureDegC);
        Assert.NotEqual(first.CellVoltageV, other.CellVoltageV);

        static PackReading Run(int seed)
        {
            var twin = TwinRig.OnLine(TwinRig.Real(TwinRig.Ev) with { Seed = seed, Mismatch = new() });
            for (int n = 0; n < 30; n++) twin.Step(TwinLoad.Current(-100, 25), 1);
            var reading = new PackReading(twin.Layout);
            twin.TryRead(reading);
            return reading;
        }
    }

    /// <summary>A year at rest: loses charge by itself and capacity for good, more when warm and full.</summary>
    [Fact]
    public void RestAgesAndSelfDischarges()
    {
        (double Soc, double Loss) year(double degC, double soc)
        {
            var twin = new PackTwin(TwinRig.Real(TwinRig.Module) with { StartSoc = soc, StartDegC = degC, Spread = TwinSpread.None, MaxStepS = 3600 });
            for (int day = 0; day < 365; day++) twin.Step(TwinLoad.Rest(degC), 86_400);
            return (twin.Truth.CellSoc[0], twin.Truth.CellLossFraction[0]);
        }

        var (cool, warm, full) = (year(25, 0.5), year(45, 0.5), year(25, 1));
        // At 25 °C and half charge the option's own numbers: 3 % of capacity in the first year, 2 % of charge a month.
        Assert.InRange(cool.Loss, 0.025, 0.03);
        Assert.Equal(0.5 - 0.24, cool.Soc, 0.01);
        Assert.InRange(warm.Loss / cool.Loss, 2.5, 4);
        Assert.True(full.Loss > 1.15 * cool.Loss);
    }

    /// <summary>Q·∫(OCV − 298.15 K·dOCV/dT)dz of all cells: exact on the straight pieces of the file's tables.</summary>
    static double EnthalpyJ(PackTwin twin, PackTwinOptions options)
    {
        var circuit = options.Cell.Circuit!;
        int pieces = circuit.OcvV.Length - 1;
        double sum = 0;
        for (int c = 0; c < twin.Truth.CellSoc.Length; c++)
        {
            double soc = twin.Truth.CellSoc[c], area = 0;
            for (int k = 0; k < pieces && k < soc * pieces; k++)
            {
                double end = Math.Min(1, soc * pieces - k);
                area += (At(k) + At(k + end)) / 2 * end / pieces;
            }

            sum += area * 3600 * twin.Truth.CellCapacityAh[c];
        }

        return sum;

        double At(double place) => Table(circuit.OcvV, place) - 298.15 * Table(circuit.EntropicVPerK!, place * (circuit.EntropicVPerK!.Length - 1.0) / pieces);

        static double Table(double[] table, double place)
        {
            int k = Math.Min((int)place, table.Length - 2);
            return table[k] + (table[k + 1] - table[k]) * (place - k);
        }
    }

    static double Max(ReadOnlySpan<double> values)
    {
        double most = double.NegativeInfinity;
        foreach (double value in values) most = Math.Max(most, value);
        return most;
    }
}
