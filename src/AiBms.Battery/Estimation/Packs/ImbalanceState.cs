namespace AiBms.Battery.Estimation.Packs;

/// <summary>How uneven the pack is, and what that costs.</summary>
/// <remarks>
/// With Q capacity and z SOC of each cell: the pack gives min zQ and takes min (1 − z)Q; recoverable loss = min Q − (min zQ + min (1 − z)Q),
/// which balancing brings back; spread loss = mean Q − min Q, which only a swap does. Pack SOC = min zQ / (min zQ + min (1 − z)Q).
/// </remarks>
public sealed class ImbalanceState
{
    internal ImbalanceState(int cellCount)
    {
        LowCells = new LowCellKind[cellCount];
        LeakA = new double[cellCount];
        LeakADeviation = new double[cellCount];
        LeakRank = new int[cellCount];
        (BleedAh, BleedAhDeviation) = (new double[cellCount], new double[cellCount]);
        Clear();
    }

    /// <summary>Whether the figures may be used, and if not, why.</summary>
    public SocValidity Validity { get; internal set; }

    /// <summary>The cell that is empty first, from 0; −1 while unknown.</summary>
    public int FirstEmptyCell { get; internal set; }

    /// <summary>The cell that is full first, from 0; −1 while unknown.</summary>
    public int FirstFullCell { get; internal set; }

    /// <summary>Capacity that balancing would bring back, Ah.</summary>
    public double RecoverableLossAh { get; internal set; }

    /// <summary>One standard deviation of <see cref="RecoverableLossAh"/>, Ah.</summary>
    public double RecoverableLossAhDeviation { get; internal set; }

    /// <summary>The same as a fraction of the smallest cell's capacity, 0…1.</summary>
    public double RecoverableLossFraction { get; internal set; }

    /// <summary>Capacity lost because cells differ in capacity, Ah.</summary>
    public double SpreadLossAh { get; internal set; }

    /// <summary>One standard deviation of <see cref="SpreadLossAh"/>, Ah.</summary>
    public double SpreadLossAhDeviation { get; internal set; }

    /// <summary>The same as a fraction of the mean capacity, 0…1.</summary>
    public double SpreadLossFraction { get; internal set; }

    /// <summary>Hours of balancing left with all resistors that are needed on at once; NaN while unknown.</summary>
    public double BalancingHour { get; internal set; }

    /// <summary>Charge that balancing should take out of each cell so that all are full together, Ah, ≥ 0.</summary>
    public double[] BleedAh { get; }

    /// <summary>
    /// One standard deviation of each of <see cref="BleedAh"/>, Ah: far from full, a capacity that is not known yet leaves open how much room there is.
    /// </summary>
    public double[] BleedAhDeviation { get; }

    /// <summary>Why each cell stands out, where it does.</summary>
    public LowCellKind[] LowCells { get; }

    /// <summary>Current that leaks inside each cell beyond that of the middle cell, A, positive where charge is lost; NaN while unknown.</summary>
    public double[] LeakA { get; }

    /// <summary>One standard deviation of <see cref="LeakA"/>, A.</summary>
    public double[] LeakADeviation { get; }

    /// <summary>Cells in the order of their self-discharge, worst first.</summary>
    public int[] LeakRank { get; }

    internal void Clear()
    {
        Validity = SocValidity.Unknown;
        (FirstEmptyCell, FirstFullCell) = (-1, -1);
        (RecoverableLossAh, RecoverableLossAhDeviation, RecoverableLossFraction) = (double.NaN, double.NaN, double.NaN);
        (SpreadLossAh, SpreadLossAhDeviation, SpreadLossFraction, BalancingHour) = (double.NaN, double.NaN, double.NaN, double.NaN);
        Array.Fill(LeakA, double.NaN);
        Array.Fill(LeakADeviation, double.NaN);
        Array.Clear(LowCells);
        Array.Clear(BleedAh);
        Array.Clear(BleedAhDeviation);
        for (int i = 0; i < LeakRank.Length; i++) LeakRank[i] = i;
    }
}
