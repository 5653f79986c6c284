using System.Globalization;
using AiBms.Battery;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;

namespace AiBms.Cli.Commands;

/// <summary>What is estimated of a pack at the end of a run, with bands and reasons, on a few lines.</summary>
/// <param name="state">The estimates.</param>
/// <param name="capacityAh">Capacity of a new cell, Ah.</param>
sealed class PackEstimatesScreen(PackState state, double capacityAh)
{
    static readonly string[] s_powerTimes = ["2 s", "10 s", "30 s", "continuous (10 min)"], s_forecastTimes = ["10 s", "1 min", "5 min", "10 min"];

    /// <summary>Writes the lines.</summary>
    public void Write(TextWriter print)
    {
        print.WriteLine("estimates at the end (bands are two deviations):");
        print.WriteLine(I($"  charge       pack {Band(state.Soc)}, mean of the cells {Band(state.MeanSoc)}, usable at this temperature and load {Band(state.UsableSoc)}; {state.Validity.Sentence()}"));
        Energy(print);
        if (state.Discharge[0].Binding != PowerBinding.Unknown)
        {
            print.WriteLine($"  discharge    {string.Join("; ", state.Discharge.Select((p, k) => Power(s_powerTimes[k], p)))}");
            print.WriteLine($"  charging     {string.Join("; ", state.Charge.Select((p, k) => Power(s_powerTimes[k], p)))}");
        }

        var imbalance = state.Imbalance;
        if (imbalance.FirstEmptyCell >= 0)
            print.WriteLine(I($"  imbalance    balancing brings back {imbalance.RecoverableLossAh:0.00} ± {2 * imbalance.RecoverableLossAhDeviation:0.00} Ah in {imbalance.BalancingHour:0.0} h, only a swap {imbalance.SpreadLossAh:0.00} ± {2 * imbalance.SpreadLossAhDeviation:0.00} Ah"));
        Temperature(print);
        Health(print);
    }

    void Energy(TextWriter print)
    {
        var energy = state.Energy;
        if (!double.IsFinite(energy.EnergyWh)) return;
        print.WriteLine(I($"  energy       {1e-3 * energy.EnergyWh:0.00} ± {2e-3 * energy.EnergyWhDeviation:0.00} kWh in {energy.TimeS / 3600:0.0} h at {1e-3 * energy.LoadW:0.00} kW; V_{energy.Cell + 1} ends it"));
    }

    void Temperature(TextWriter print)
    {
        var hot = state.HotSpot;
        if (!double.IsFinite(hot.TemperatureDegC)) return;
        string ahead = string.Join(", ", state.HotSpotForecast.Select((t, k) => I($"{t.TemperatureDegC:0.0} ± {2 * t.TemperatureDegCDeviation:0.0} in {s_forecastTimes[k]}")));
        print.WriteLine(I($"  temperature  hottest core {hot.TemperatureDegC:0.0} ± {2 * hot.TemperatureDegCDeviation:0.0} °C (V_{hot.Cell + 1}); {ahead}"));
    }

    /// <summary>Health of the weakest cell by charge between rests, and what became of the last windows.</summary>
    void Health(TextWriter print)
    {
        var health = state.Health;
        int[] known = [.. Enumerable.Range(0, health.Soh.Length).Where(i => double.IsFinite(health.Soh[i]))];
        string vendor = double.IsFinite(health.VendorSoh) ? I($"; the maker's system says {100 * health.VendorSoh:0.0} %") : "";
        if (known.Length == 0) print.WriteLine($"  health       unknown, {health.Reason.Sentence()}{vendor}");
        else
        {
            int weakest = known.MinBy(i => health.Soh[i]);
            print.WriteLine(I($"  health       V_{weakest + 1} has least capacity, {100 * health.Soh[weakest]:0.0} ± {200 * health.SohDeviation[weakest]:0.0} % of {capacityAh:0.0} Ah, from {health.TakenCount} windows between rests; {100 * health.UnknownFraction:0} % of the cells unknown{vendor}"));
        }

        foreach (var window in health.Windows)
            print.WriteLine(I($"    {window.StartS / 3600:0.00} to {window.EndS / 3600:0.00} h  {SignedText.Of(100 * window.ChangeSoc, 1)} % by voltages at rest, {SignedText.Of(window.ChargeAh, 1)} Ah counted: {(window.Reason == CapacityReason.None ? I($"taken, {window.ChargeAh / window.ChangeSoc:0.0} Ah") : "not taken, " + window.Reason.Sentence())}"));
    }

    static string Power(string time, in PowerLimit limit) => I($"{time} {1e-3 * limit.PowerW:0.0} kW ({limit.Binding.Word()}{(limit.Cell >= 0 ? I($", V_{limit.Cell + 1}") : "")})");

    static string Band(SocBand band) => double.IsFinite(band.Soc) ? I($"{100 * band.Soc:0.0} ± {200 * band.SocDeviation:0.0} %") : "unknown";

    static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
