using System.Globalization;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Fleet;

/// <summary>The figures of a pack's page, each with unit, band and reason; what is not known says until when.</summary>
static class PackFigures
{
    /// <summary>A band wider than this (two deviations) is not worth a number, fraction.</summary>
    const double WidestBand = 0.3;

    static readonly PackEstimates s_nothing = new();

    public static IEnumerable<FigureText> Of(FleetPack pack)
    {
        if (pack is not { Frame: { } f, Card: { } card }) yield break;
        var e = pack.Estimates ?? s_nothing;
        bool isSocKnown = IsSocKnown(f);
        yield return new("State of charge", isSocKnown ? Words.Percent(f.Soc) : "unknown until found", Band(f));
        yield return new("Usable energy", isSocKnown ? Words.Number(1e-3 * At(e.EnergyValues, 0), "0.0", "kWh") : "unknown until the SOC is found", isSocKnown && double.IsFinite(At(e.EnergyValues, 0)) ? Energy(f, e) + Before(pack) : "");
        yield return new("Current", Words.Number(f.CurrentA, "0.0", "A"), f.CurrentA > 0.5 ? "charging" : f.CurrentA < -0.5 ? "discharging" : "at rest");
        yield return new("Voltage and power", $"{Words.Number(f.VoltageV, "0.0", "V")}, {Words.Number(1e-3 * f.VoltageV * f.CurrentA, "0.0", "kW")}", "current and power are positive while charging");
        yield return new("Charge limit", Words.Number(At(f.ChargeLimitValues, 0), "0", "A"), Words.LimitReason(f.ChargeLimitValues));
        yield return new("Discharge limit", Words.Number(At(f.DischargeLimitValues, 0), "0", "A"), Words.LimitReason(f.DischargeLimitValues));
        yield return new("Power for 10 s", isSocKnown ? $"{Kw(e.ChargePowerW, 1, f, f.ChargeLimitValues)} / {Kw(e.DischargePowerW, 1, f, f.DischargeLimitValues)} kW" : "unknown until the SOC is found",
            $"charge / discharge, as far as the protection allows; the cells alone {Kw(e.ChargePowerW, 1)} / {Kw(e.DischargePowerW, 1)} kW, for 10 min {Kw(e.ChargePowerW, 3)} / {Kw(e.DischargePowerW, 3)} kW{Bound(e)}");
        yield return new("Charge current", Words.Number(At(f.ChargeDecisionValues, 0), "0.0", "A", "none"), Words.Charge(f.ChargeDecisionValues));
        yield return new("Hot spot", Words.Number(f.HotSpotDegC, "0.0", "°C"), $"cell {f.HotSpotCell + 1}; {Forecast(f, e, card)}");
        yield return new("Cooling", double.IsFinite(f.PumpFraction) && card.HasCoolant(f) ? $"pump {Words.Percent(f.PumpFraction, "0")}" : "no pump", Cooling(f, e));
        yield return new("Cells", CellsText(f), Spread(f));
        yield return new("Imbalance", Imbalance(f, e), ImbalanceNote(f, e));
        yield return new("Health (SOH)", Soh(e), $"{SohReason(e)}; resistance {(double.IsFinite(At(e.HealthValues, 3)) ? "× " + Words.Number(At(e.HealthValues, 3), "0.00", "") : "unknown: it needs voltages that follow the current, and a cell whose resistance when new is known")}{(double.IsFinite(e.VendorSoh) ? $"; the maker's system says {Words.Percent(e.VendorSoh)}" : "")}");
        yield return new("Model", Words.Number(1000 * e.ResidualV, "+0.0;−0.0", "mV"), "residual: mean cell measured less the twin's expectation");
        yield return new("Data", $"{f.NotGood.Length / 3} signals not believed", $"{(e.AgentValues.Length < 3 ? "the agent's queue is unknown until its first estimates" : $"queue {At(e.AgentValues, 0):0}, oldest {Words.Duration(At(e.AgentValues, 1))}, dropped {At(e.AgentValues, 2):0}")}{(pack.Has(PackFlags.ClockUnsure) ? "; the agent's clock is not known to be right" : "")}");
    }

    /// <summary>True where the SOC's band is narrow enough to be worth a number.</summary>
    internal static bool IsSocKnown(PackFrame f) => double.IsFinite(f.Soc) && 2 * f.SocDeviation < WidestBand;

    static bool HasCoolant(this PackCard card, PackFrame f) => card.Layout.Length > 0 && (double.IsFinite(f.FlowLPerMin) || double.IsFinite(f.InletDegC) || f.PumpFraction > 0);

    static string Band(PackFrame f)
    {
        string vendor = double.IsFinite(f.VendorSoc) ? $"; the maker's system says {Words.Percent(f.VendorSoc)}" : "";
        return $"{(2 * f.SocDeviation < WidestBand ? "" : Words.Percent(f.Soc) + " ")}± {Words.Percent(2 * f.SocDeviation)} (two deviations), {((SocValidity)f.ValidityCode).Sentence()}{vendor}";
    }

    static string Energy(PackFrame f, PackEstimates e)
    {
        if (At(f.DischargeLimitValues, 0) == 0) return $"± {Words.Number(2e-3 * At(e.EnergyValues, 1), "0.0", "kWh")}, once the protection lets it out";
        string text = $"± {Words.Number(2e-3 * At(e.EnergyValues, 1), "0.0", "kWh")}; empty in {Words.Duration(At(e.EnergyValues, 3))} at {Words.Number(1e-3 * At(e.EnergyValues, 2), "0.0", "kW")}";
        double fullS = f.CurrentA > 0.5 ? At(e.EnergyValues, 5) : double.NaN;
        return double.IsFinite(fullS) ? $"{text}; full in {Words.Duration(fullS)} if charging goes on so, taper included" : text;
    }

    /// <summary>Estimates come more rarely than what stands beside them: from when these are.</summary>
    static string Before(FleetPack pack) => 1e-3 * (pack.FrameMs - pack.EstimatesMs) is var ageS and > 2 && pack.Estimates is not null ? $"; reckoned {Words.Duration(ageS)} ago" : "";

    internal static string Forecast(PackFrame frame, PackEstimates e, PackCard card)
    {
        double[] degC = e.ForecastDegC, minutes = [1.0 / 6, 1, 5, 10];
        if (degC.Length < 4 || !double.IsFinite(degC[3])) return "forecast unknown until heat and flow are seen";
        string band = e.ForecastDeviationK.Length == 4 && double.IsFinite(e.ForecastDeviationK[3]) ? string.Create(CultureInfo.InvariantCulture, $" ± {2 * e.ForecastDeviationK[3]:0.0}") : "";
        if (!double.IsFinite(card.HotLimitDegC)) return string.Create(CultureInfo.InvariantCulture, $"in 10 min {degC[3]:0.0}{band} °C; its limit was not told");
        int past = Array.FindIndex(degC, t => t >= card.HotLimitDegC);
        if (past < 0) return string.Create(CultureInfo.InvariantCulture, $"in 10 min {degC[3]:0.0}{band} °C, limit {card.HotLimitDegC:0} °C not reached");
        (double beforeMin, double beforeDegC) = past == 0 ? (0, frame.HotSpotDegC) : (minutes[past - 1], degC[past - 1]);
        double part = Math.Clamp((card.HotLimitDegC - beforeDegC) / Math.Max(1e-6, degC[past] - beforeDegC), 0, 1);
        return string.Create(CultureInfo.InvariantCulture, $"limit {card.HotLimitDegC:0} °C reached in {beforeMin + part * (minutes[past] - beforeMin):0.0} min");
    }

    /// <summary>What is seen of the coolant, and what to look at where something is odd.</summary>
    static string Cooling(PackFrame f, PackEstimates e)
    {
        if (!double.IsFinite(f.FlowLPerMin) && !double.IsFinite(f.InletDegC)) return $"no coolant sensors; heater {Words.Percent(f.HeaterFraction, "0")}";
        string text = $"flow {Words.Number(f.FlowLPerMin, "0.0", "L/min")}, level {Words.Percent(f.LevelFraction, "0")}, in {Words.Number(f.InletDegC, "0.0", "°C")}, out {Words.Number(f.OutletDegC, "0.0", "°C")}, chiller {Words.Percent(f.ChillerFraction, "0")}, heater {Words.Percent(f.HeaterFraction, "0")}";
        bool isLost = e.FindingValues.Chunk(5).Any(v => v[0] == (int)FindingKind.CoolingLoss);
        string hint = f switch
        {
            { PumpFraction: > 0.1, FlowLPerMin: < 1 } => "the pump is told to run and hardly anything flows: pump, air, or a blocked line",
            { LevelFraction: < 0.6 } => "the level is low: look for a leak",
            _ when isLost => "cells give less heat to the coolant than they should: flow, blockage, or level",
            { ChillerFraction: > 0.98 } => "the chiller gives all it has",
            _ => "",
        };
        return hint.Length > 0 ? $"{text}. Hint: {hint}." : text;
    }

    /// <summary>Voltages of the cells whose signal is believed.</summary>
    internal static double[] Believed(PackFrame frame)
    {
        HashSet<int> bad = [.. frame.BadSignals().Select(b => b.Signal)];
        return [.. frame.CellVoltageV.Where((v, k) => double.IsFinite(v) && !bad.Contains(k))];
    }

    static string CellsText(PackFrame frame)
    {
        double[] known = Believed(frame);
        return known.Length == 0 ? Words.Unknown : string.Create(CultureInfo.InvariantCulture, $"{known.Min():0.000} – {known.Max():0.000} V");
    }

    static string Spread(PackFrame frame)
    {
        double[] known = Believed(frame);
        return known.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"mean {known.Average():0.000} V, spread {1000 * (known.Max() - known.Min()):0} mV, lowest cell {1 + Array.IndexOf(frame.CellVoltageV, known.Min())}, highest cell {1 + Array.IndexOf(frame.CellVoltageV, known.Max())}");
    }

    /// <summary>Where two deviations are larger than the estimate itself, they leave no number.</summary>
    static bool IsImbalanceKnown(PackFrame f, PackEstimates e) =>
        (SocValidity)f.ValidityCode is not (SocValidity.Unknown or SocValidity.Converging) && At(e.ImbalanceValues, 0) is var loss && double.IsFinite(loss) && 2 * At(e.ImbalanceValues, 1) < Math.Max(1, loss);

    static string Imbalance(PackFrame f, PackEstimates e) => !IsImbalanceKnown(f, e) ? "unknown until the cells are told apart"
        : IsNoImbalance(e) ? $"below {Words.Number(At(e.ImbalanceValues, 0) + 2 * At(e.ImbalanceValues, 1), "0.00", "Ah")}" : Words.Number(At(e.ImbalanceValues, 0), "0.00", "Ah");

    /// <summary>True where the loss is within two deviations of none.</summary>
    static bool IsNoImbalance(PackEstimates e) => At(e.ImbalanceValues, 0) < 2 * At(e.ImbalanceValues, 1);

    static string ImbalanceNote(PackFrame f, PackEstimates e)
    {
        if (!IsImbalanceKnown(f, e)) return "takes some minutes of use from a start";
        if (IsNoImbalance(e)) return "not told apart from none: two deviations above the estimate";
        double weakest = At(e.ImbalanceValues, 4);
        return $"± {Words.Number(2 * At(e.ImbalanceValues, 1), "0.00", "Ah")} lost and brought back by {Words.Duration(3600 * At(e.ImbalanceValues, 3))} of balancing; weakest cell {(weakest >= 0 ? (weakest + 1).ToString("0", CultureInfo.InvariantCulture) : "unknown")}";
    }

    static string Soh(PackEstimates e)
    {
        int weakest = -1;
        for (int k = 0; k < e.CellSoh.Length; k++)
            if (double.IsFinite(e.CellSoh[k]) && (weakest < 0 || e.CellSoh[k] < e.CellSoh[weakest])) weakest = k;
        return weakest < 0 ? "unknown until two rests" : $"{Words.Percent(e.CellSoh[weakest])} ± {Words.Percent(2 * At(e.CellSohDeviation, weakest))} (cell {weakest + 1}, weakest)";
    }

    internal static string SohReason(PackEstimates e) => e.HealthValues.Length == 0 ? "nothing sent yet"
        : (CapacityReason)(byte)Zero(At(e.HealthValues, 0)) is var reason && reason != CapacityReason.None ? reason.Sentence() : $"from {At(e.HealthValues, 1):0} windows between rests";

    internal static double At(double[] values, int k) => k < values.Length ? values[k] : double.NaN;

    /// <summary>What keeps the power for 10 s from being larger; nothing where the agent does not say.</summary>
    static string Bound(PackEstimates e) => e.ChargeBinding.Length < 2 || e.DischargeBinding.Length < 2 ? "" : $"; bound by {((PowerBinding)e.ChargeBinding[1]).Word()} / {((PowerBinding)e.DischargeBinding[1]).Word()}";

    static double Zero(double value) => double.IsFinite(value) ? value : 0;

    /// <summary>What the cells can do, as far as the limit lets it through now.</summary>
    static string Kw(double[] powerW, int k, PackFrame f, double[] limit) => Kw([Math.Min(At(powerW, k), double.IsFinite(At(limit, 0)) && double.IsFinite(f.VoltageV) ? At(limit, 0) * f.VoltageV : At(powerW, k))], 0);

    static string Kw(double[] powerW, int k) => At(powerW, k) is var w && double.IsFinite(w) ? (1e-3 * w).ToString("0.0", CultureInfo.InvariantCulture) : "unknown";
}
