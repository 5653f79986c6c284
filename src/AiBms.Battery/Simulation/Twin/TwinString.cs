using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin.Faults;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Cells in parallel, groups in series: who carries how much, solved.</summary>
/// <remarks>
/// Each cell is v = E + R·i; a short inside it and its contact to the busbar keep it of that form (Thévenin). A group with its balancing
/// resistor is then V = (I + ΣEₖ/Rₖ)/(Σ1/Rₖ + G), again linear in the current of the string, and so is the string.
/// </remarks>
sealed class TwinString
{
    readonly int _parallel;
    readonly double _contactOhm, _bleedS;
    readonly double[] _branchEmfV, _branchS, _groupConductanceS;

    public TwinString(PackLayout layout)
    {
        int groups = layout.SeriesCount;
        _parallel = layout.ParallelCount;
        // A contact at either end of a cell.
        (_contactOhm, _bleedS) = (2 * layout.Wiring.ContactOhm, 1 / layout.Balancing.ResistorOhm);
        (_branchEmfV, _branchS) = (new double[groups * _parallel], new double[groups * _parallel]);
        (_groupConductanceS, GroupEmfV, GroupOhm, GroupVoltageV, BusbarHeatW) = (new double[groups], new double[groups], new double[groups], new double[groups], new double[groups]);
        BusbarOhm = layout.Wiring.BusbarOhm;
    }

    public double BusbarOhm { get; }

    public double[] GroupEmfV { get; }

    public double[] GroupOhm { get; }

    public double[] GroupVoltageV { get; }

    /// <summary>Heat of a group's busbar and contacts during the last step, W.</summary>
    public double[] BusbarHeatW { get; }

    /// <summary>Voltage of the string without current, V.</summary>
    public double EmfV { get; private set; }

    /// <summary>Resistance of the string with its busbars, Ω; infinite where a group has lost all its cells.</summary>
    public double Ohm { get; private set; }

    /// <summary>Power of the balancing resistors, W.</summary>
    public double BleedW { get; private set; }

    /// <summary>Change of the cells' enthalpy in the last step, J.</summary>
    public double StoredJ { get; private set; }

    /// <summary>Reduces the prepared cells to groups and the string.</summary>
    public void Reduce(TwinCells cells, TwinEffects effects, ReadOnlySpan<bool> bleed)
    {
        (EmfV, Ohm) = (0, 0);
        for (int g = 0; g < GroupEmfV.Length; g++)
        {
            double conductanceS = bleed[g] && !effects.IsBleedOpen[g] ? _bleedS : 0, currentA = 0;
            for (int c = g * _parallel; c < (g + 1) * _parallel; c++)
            {
                double shorted = 1 / (1 + cells.InnerOhm[c] * effects.ShortS[c]);
                _branchEmfV[c] = cells.EmfV[c] * shorted;
                _branchS[c] = effects.IsLost[c] ? 0 : 1 / (cells.InnerOhm[c] * shorted + _contactOhm + effects.ContactOhm[c]);
                conductanceS += _branchS[c];
                currentA += _branchEmfV[c] * _branchS[c];
            }

            _groupConductanceS[g] = conductanceS;
            GroupEmfV[g] = conductanceS > 0 ? currentA / conductanceS : 0;
            GroupOhm[g] = 1 / conductanceS;
            EmfV += GroupEmfV[g];
            Ohm += GroupOhm[g] + BusbarOhm;
        }
    }

    /// <summary>Sends a current through the string for the prepared step and moves every cell.</summary>
    public void Move(TwinCells cells, TwinEffects effects, ReadOnlySpan<bool> bleed, double currentA, double stepS)
    {
        (BleedW, StoredJ) = (0, 0);
        for (int g = 0; g < GroupEmfV.Length; g++)
        {
            // A group that has lost all its cells carries nothing: its voltage is whatever flows in from outside, taken as 0.
            double voltageV = _groupConductanceS[g] > 0 ? GroupEmfV[g] + currentA * GroupOhm[g] : 0;
            GroupVoltageV[g] = voltageV;
            if (bleed[g] && !effects.IsBleedOpen[g]) BleedW += voltageV * voltageV * _bleedS;
            double heatW = currentA * currentA * BusbarOhm;
            for (int c = g * _parallel; c < (g + 1) * _parallel; c++)
            {
                double branchA = (voltageV - _branchEmfV[c]) * _branchS[c];
                double contactOhm = _contactOhm + effects.ContactOhm[c];
                double cellV = effects.IsLost[c] ? _branchEmfV[c] : voltageV - branchA * contactOhm;
                StoredJ += cells.Move(c, (cellV - cells.EmfV[c]) / cells.InnerOhm[c], cellV, stepS);
                cells.HeatW[c] += cellV * cellV * effects.ShortS[c];
                heatW += branchA * branchA * contactOhm;
            }

            BusbarHeatW[g] = heatW;
        }
    }

    /// <summary>Largest current that keeps every group at or under a voltage, A.</summary>
    public double HighestCurrentA(double maxCellV)
    {
        double currentA = double.PositiveInfinity;
        for (int g = 0; g < GroupEmfV.Length; g++) currentA = Math.Min(currentA, (maxCellV - GroupEmfV[g]) / GroupOhm[g]);
        return currentA;
    }

    /// <summary>Smallest (most discharging) current that keeps every group at or over a voltage, A.</summary>
    public double LowestCurrentA(double minCellV)
    {
        double currentA = double.NegativeInfinity;
        for (int g = 0; g < GroupEmfV.Length; g++) currentA = Math.Max(currentA, (minCellV - GroupEmfV[g]) / GroupOhm[g]);
        return currentA;
    }
}
