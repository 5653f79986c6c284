using AiBms.Agent.Chain;
using AiBms.Battery.Estimation.Packs;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;

namespace AiBms.Agent.Live;

/// <summary>Puts what changes slowly into a record for the wire.</summary>
static class EstimatesMaker
{
    public static PackEstimates Estimates(PackChain chain, LifetimeCounters lifetime, in JournalStatus journal, double waitedS, double runningS)
    {
        var state = chain.State;
        var (health, energy, imbalance) = (state.Health, state.Energy, state.Imbalance);
        return new()
        {
            CellSoc = [.. state.CellSoc],
            CellSocDeviation = [.. state.CellSocDeviation],
            CoreDegC = [.. state.CoreDegC],
            CapacityAh = [.. state.CapacityAh],
            ResistanceRatio = [.. state.ResistanceRatio],
            CellSoh = Any(health.Soh),
            CellSohDeviation = Any(health.SohDeviation),
            HealthValues = [(int)health.Reason, health.TakenCount, health.RejectedCount, health.ResistanceRatio, health.ResistanceRatioDeviation],
            WindowValues = Windows(health.Windows, state.TimeS),
            EnergyValues = [Math.Round(energy.EnergyWh), Math.Round(energy.EnergyWhDeviation), Math.Round(energy.LoadW), Math.Round(energy.TimeS), energy.Cell, Math.Round(state.FullInS)],
            ChargePowerW = Powers(state.Charge),
            DischargePowerW = Powers(state.Discharge),
            VendorSoh = health.VendorSoh,
            ChargeBinding = [.. state.Charge.Select(l => (byte)l.Binding)],
            DischargeBinding = [.. state.Discharge.Select(l => (byte)l.Binding)],
            ForecastDeviationK = [.. state.HotSpotForecast.Select(t => Math.Round(t.TemperatureDegCDeviation, 2))],
            ForecastDegC = [.. state.HotSpotForecast.Select(t => Math.Round(t.TemperatureDegC, 1))],
            ImbalanceValues =
            [
                imbalance.RecoverableLossAh, imbalance.RecoverableLossAhDeviation, imbalance.SpreadLossAh, imbalance.BalancingHour, imbalance.FirstEmptyCell, imbalance.FirstFullCell,
            ],
            LowCells = Array.Exists(imbalance.LowCells, kind => kind != LowCellKind.None) ? [.. imbalance.LowCells.Select(kind => (byte)kind)] : [],
            FindingValues = Findings(state.Findings),
            UsableSoc = state.UsableSoc.Soc,
            CurrentOffsetA = state.CurrentOffsetA,
            ResidualV = state.ResidualV,
            LifetimeValues = lifetime.ToValues(),
            AgentValues = [journal.WaitingCount, Math.Round(waitedS), journal.DroppedCount, Math.Round(runningS), lifetime.StartCount],
        };
    }

    static double[] Any(double[] values) => Array.Exists(values, double.IsFinite) ? [.. values] : [];

    static double[] Windows(ReadOnlySpan<CapacityWindow> windows, double nowS)
    {
        List<double> values = [];
        foreach (var window in windows)
            values.AddRange([Math.Round(nowS - window.EndS), Math.Round(window.EndS - window.StartS), Math.Round(window.ChangeSoc, 4), Math.Round(window.ChargeAh, 3), Math.Round(window.RestS), (int)window.Reason]);
        return [.. values];
    }

    static double[] Powers(PowerLimit[] limits) => [.. limits.Select(l => Math.Round(l.PowerW))];

    static double[] Findings(FindingList findings)
    {
        List<double> values = [];
        foreach (var finding in findings.Items) values.AddRange([(int)finding.Kind, finding.Cell, finding.Size, finding.Threshold, Math.Round(finding.SinceS)]);
        return [.. values];
    }
}
