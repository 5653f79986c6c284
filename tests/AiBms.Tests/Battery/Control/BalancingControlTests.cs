using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Tests.House;
using CsCheck;

namespace AiBms.Tests.Battery.Control;

public class BalancingControlTests
{
    static readonly PackLayout s_pack = new PackCatalogue(Repo.At("packs")).Find("module_12s_coldplate");
    static readonly double[] s_sure = new double[s_pack.SeriesCount];
    static readonly double[] s_capacityAh = [.. Enumerable.Repeat(60.0, s_pack.SeriesCount)];

    [Fact]
    public void TheCellThatIsFullFirstIsBledNotTheOneWithTheHighestVoltage()
    {
        var reading = Reading(3.6);
        reading.CellVoltageV[3] = 3.9;
        double[] bleedAh = new double[s_pack.SeriesCount];
        bleedAh[7] = 1.2;
        bool[] bleed = new bool[s_pack.SeriesCount];
        new BalancingControl(s_pack).Update(reading, bleedAh, s_sure, s_capacityAh, 1, bleed);
        Assert.Equal([7], Enumerable.Range(0, bleed.Length).Where(i => bleed[i]));
    }

    [Fact]
    public void ACellIsBledFromTheStartToTheStopThresholdOnce()
    {
        var control = new BalancingControl(s_pack);
        var reading = Reading(3.7);
        double[] bleedAh = new double[s_pack.SeriesCount];
        bool[] bleed = new bool[s_pack.SeriesCount];
        int switches = 0;
        bool before = false;
        for (int step = 0; step < 4000; step++)
        {
            // Comes down slowly through both thresholds, with noise as large as a fifth of their distance.
            bleedAh[0] = 0.5 - 0.5 * step / 4000 + 0.018 * Math.Sin(1.7 * step);
            control.Update(reading, bleedAh, s_sure, s_capacityAh, 1, bleed);
            if (bleed[0] != before) switches++;
            before = bleed[0];
        }

        Assert.Equal(2, switches);
        Assert.False(before);
    }

    [Fact]
    public void TheBoardSettlesBelowItsLimitAndTheNumberOfResistorsDoesNotHunt()
    {
        // A board that cannot carry all: twelve at 4.1 V are 6.1 W; a tight thermal path leaves about half.
        var design = s_pack.Balancing with { BoardKPerW = 12 };
        var pack = s_pack with { Balancing = design };
        var control = new BalancingControl(pack);
        var reading = Reading(4.1);
        double[] bleedAh = [.. Enumerable.Range(0, 12).Select(i => 1 + 0.1 * i)];
        bool[] bleed = new bool[12];
        double boardDegC = 25, hottest = 25;
        int changes = 0, before = -1;
        for (int step = 0; step < 20_000; step++)
        {
            double powerW = bleed.Count(b => b) * 4.1 * 4.1 / design.ResistorOhm;
            boardDegC += (25 + powerW * design.BoardKPerW - boardDegC) / design.BoardTimeConstantS;
            hottest = Math.Max(hottest, boardDegC);
            reading[PackSignal.BalancingBoardDegC] = boardDegC;
            bleed.CopyTo(reading.BleedOn, 0);
            control.Update(reading, bleedAh, s_sure, s_capacityAh, 1, bleed);
            int count = bleed.Count(b => b);
            if (step > 100 && count != before) changes++;
            before = count;
        }

        Assert.InRange(before, 1, 11);
        Assert.True(hottest <= design.MaxBoardDegC, $"{hottest}");
        Assert.True(hottest > design.MaxBoardDegC - 20, $"{hottest}");
        Assert.True(changes <= 2, $"{changes}");
        // The one with the most to bleed is among them, the one with the least is not.
        Assert.True(bleed[11] && !bleed[0]);
    }

    [Fact]
    public void NothingIsBledThatIsUnknownTooHotOrWithinItsNoise() => Gen.Double[-2, 2].Array[12].Select(Gen.Double[20, 120], Gen.Double[0, 3]).Sample((bleedAh, boardDegC, deviation) =>
    {
        var reading = Reading(4);
        reading[PackSignal.BalancingBoardDegC] = boardDegC;
        bleedAh[5] = double.NaN;
        bool[] bleed = new bool[12];
        new BalancingControl(s_pack).Update(reading, bleedAh, [.. Enumerable.Repeat(deviation, 12)], s_capacityAh, 1, bleed);
        Assert.False(bleed[5]);
        for (int i = 0; i < 12; i++) Assert.False(bleed[i] && (boardDegC > s_pack.Balancing.MaxBoardDegC || bleedAh[i] < Math.Max(0.24, 3 * deviation)));
    }, iter: 300);

    /// <summary>96 equal cells whose charge is known to 0.3 Ah: the one that seems to have the most room is an extreme of noise, and the others must not be bled for it.</summary>
    [Fact]
    public void EqualCellsAreNotBledForTheNoiseOfTheirEstimates()
    {
        var pack = s_pack with { SeriesCount = 96, Modules = [new("M1", 0, 96)], Probes = [] };
        var random = new Random(7);
        int bled = 0;
        for (int draw = 0; draw < 50; draw++)
        {
            double[] roomAh = [.. Enumerable.Range(0, 96).Select(_ => 0.3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
            double[] bleedAh = [.. roomAh.Select(r => roomAh.Max() - r)];
            bool[] bleed = new bool[96];
            var reading = new PackReading(pack) { TimeS = 0 };
            Array.Fill(reading.CellVoltageV, 3.7);
            Array.Fill(reading.CellQualities, SignalQuality.Good);
            reading[PackSignal.BalancingBoardDegC] = 30;

            // Deviation of a difference of two cells: √2 of one.
            new BalancingControl(pack).Update(reading, bleedAh, [.. Enumerable.Repeat(0.3 * Math.Sqrt(2), 96)], [.. Enumerable.Repeat(60.0, 96)], 1, bleed);
            bled += bleed.Count(b => b);
        }

        Assert.InRange(bled / 50.0, 0, 10);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var control = new BalancingControl(s_pack);
        var reading = Reading(4);
        double[] bleedAh = [.. Enumerable.Range(0, 12).Select(i => 0.1 * i)];
        bool[] bleed = new bool[12];
        control.Update(reading, bleedAh, s_sure, s_capacityAh, 1, bleed);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) control.Update(reading, bleedAh, s_sure, s_capacityAh, 1, bleed);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static PackReading Reading(double cellV)
    {
        var reading = new PackReading(s_pack) { TimeS = 0 };
        Array.Fill(reading.CellVoltageV, cellV);
        Array.Fill(reading.CellQualities, SignalQuality.Good);
        reading[PackSignal.BalancingBoardDegC] = 30;
        return reading;
    }
}
