using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Boards.Forms;

/// <summary>A pack made of circuits that differ in charge, capacity and resistance, driven by recorded currents: its estimators in double against the microcontroller's in float.</summary>
/// <remarks>Both are given the recorded case temperature as every probe's. Comparison begins after five minutes: the start is not told.</remarks>
sealed class PackForms(PackLayout layout, CellType type)
{
    const double AfterS = 300, ChargeSoc = 0.95;

    readonly FormDifference
        _soc = new("SOC of a cell", "points"), _packSoc = new("SOC of the pack", "points"), _resistance = new("resistance of a cell", "% of the cell type's"),
        _capacity = new("capacity of a cell, by the filters", "% of the cell type's"), _recoverable = new("loss that balancing gives back", "% of the capacity"),
        _core = new("core temperature", "K"), _case = new("case temperature", "K"), _aheadCore = new("core in ten minutes", "K");

    readonly FormDifference[] _charge = Limits("charge"), _discharge = Limits("discharge");
    readonly FormDifference _tracked = new("capacity of a cell, by rests", "% of the cell type's"), _trackedResistance = new("resistance of a cell, tracked", "% of the cell type's");

    /// <summary>What was found.</summary>
    public FormTable Table => new(
        $"{layout.SeriesCount} cells of {type.Id}: the pack's estimators in double and the microcontroller's in float",
        "Another form beside rounding. The full form's core is the axis of the roll, where the cell's thermal numbers have one; the microcontroller has one node inside.",
        [_soc, _packSoc, _resistance, _capacity, _recoverable, .. _charge, .. _discharge, _core, _case, _aheadCore, _tracked, _trackedResistance]);

    static FormDifference[] Limits(string direction) => [.. PackState.PowerTimesS.Take(3).Select(timeS => new FormDifference($"current limit, {direction}, {timeS:0} s", "% of the rated"))];

    /// <summary>One recorded drive, its current scaled to the pack's capacity.</summary>
    public void Drive(LabelledRecording labelled)
    {
        var recording = labelled.Recording;
        MadePack made = new(layout, type, 0.9);
        double scale = made.Group.CapacityAh / labelled.ReferenceAh, startS = recording.TimeS[0];
        for (int k = 1; k < recording.RowCount; k++)
        {
            double stepS = recording.TimeS[k] - recording.TimeS[k - 1], currentA = recording.CurrentA[k] * scale, caseDegC = recording.TemperatureDegC[k];
            if (!(stepS > 0) || !double.IsFinite(currentA) || !double.IsFinite(caseDegC)) continue;
            made.Step(stepS, currentA, caseDegC);
            if (made.LeastSoc < 0.03) return;
            if (recording.TimeS[k] - startS > AfterS) Compare(made, recording.Name, recording.TimeS[k]);
        }
    }

    /// <summary>Half hours of rest between long charges and discharges: what the trackers of capacity are made for.</summary>
    public void Rests()
    {
        MadePack made = new(layout, type, ChargeSoc);
        double rateA = 0.5 * made.Group.CapacityAh;
        for (int turn = 0; turn < 6; turn++)
        {
            for (int k = 0; k < 1080; k++) made.Step(5, 0, 25);
            for (int k = 0; k < 1000; k++) made.Step(5, turn % 2 == 0 ? -rateA : rateA * 0.98, 25);
            for (int i = 0; turn > 1 && i < layout.SeriesCount; i++)
            {
                _tracked.Add(100 * made.State.Health.Soh[i], 100 * made.Health.Cells[i].CapacityAh / made.Group.CapacityAh, "rests", made.TimeS);
                _trackedResistance.Add(100 * made.State.Health.ResistanceRatio, 100 * MeanResistance(made), "rests", made.TimeS);
            }
        }
    }

    static double MeanResistance(MadePack made)
    {
        double sum = 0;
        foreach (var cell in made.Health.Cells) sum += cell.ResistanceRatio;
        return sum / made.Health.Cells.Length;
    }

    void Compare(MadePack made, string recording, double timeS)
    {
        var state = made.State;
        for (int i = 0; i < layout.SeriesCount; i++)
        {
            var one = made.Pack.Cell(i);
            _soc.Add(100 * state.CellSoc[i], 100 * one.Soc, recording, timeS);
            _resistance.Add(100 * state.ResistanceRatio[i], 100 * one.ResistanceRatio, recording, timeS);
            _capacity.Add(100 * state.CapacityAh[i] / made.Group.CapacityAh, 100 * one.CapacityAh / made.Group.CapacityAh, recording, timeS);
        }

        _packSoc.Add(100 * state.Soc.Soc, 100 * made.Imbalance.Soc, recording, timeS);
        _recoverable.Add(100 * state.Imbalance.RecoverableLossAh / made.Group.CapacityAh, 100 * made.Imbalance.RecoverableLossAh / made.Group.CapacityAh, recording, timeS);
        for (int k = 0; k < _charge.Length && made.HasNewLimits; k++)
        {
            float holdS = (float)PackState.PowerTimesS[k];
            _charge[k].Add(100 * state.Charge[k].CurrentA / made.Rules.ChargeA, 100 * made.Power.At(made.Imbalance, true, holdS).CurrentA / made.Rules.ChargeA, recording, timeS);
            _discharge[k].Add(100 * state.Discharge[k].CurrentA / made.Rules.DischargeA, 100 * made.Power.At(made.Imbalance, false, holdS).CurrentA / made.Rules.DischargeA, recording, timeS);
        }

        _core.Add(state.CoreDegC[0], made.Thermal.CoreDegC, recording, timeS);
        _case.Add(state.CaseDegC[0], made.Thermal.CaseDegC, recording, timeS);
        if (made.HasNewLimits && made.Thermal.Forecast(float.NaN, 600) is { } ahead) _aheadCore.Add(state.HotSpotForecast[^1].TemperatureDegC, ahead.CoreDegC, recording, timeS);
    }
}
