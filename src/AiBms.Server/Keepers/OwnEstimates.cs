using AiBms.Battery.Estimation.Packs;

namespace AiBms.Server.Keepers;

/// <summary>What the server itself estimates of a pack.</summary>
/// <param name="Epoch">The journal that it has read.</param>
/// <param name="Seq">The last record of it that it has read.</param>
/// <param name="TimeMs">Time of the last frame on the pack's clock, ms since 1970.</param>
/// <param name="FrameCount">Frames that it has taken in.</param>
/// <param name="Soc">SOC of the pack, 0…1.</param>
/// <param name="SocDeviation">One standard deviation of it.</param>
/// <param name="Validity">Whether it may be used, and if not, why.</param>
/// <param name="UsableSoc">Share of the charge that can be taken out at the present temperature and load, 0…1.</param>
/// <param name="EnergyWh">Energy that can be taken out now, Wh.</param>
/// <param name="HotSpotDegC">The hottest core, °C.</param>
/// <param name="CellSoc">SOC of each cell, 0…1.</param>
/// <param name="CapacityAh">Capacity of each cell, Ah.</param>
/// <param name="ResistanceRatio">Resistance of each cell over that of its type.</param>
sealed record OwnEstimates(long Epoch, long Seq, long TimeMs, long FrameCount, double Soc, double SocDeviation, string Validity, double UsableSoc, double EnergyWh, double HotSpotDegC, double[] CellSoc, double[] CapacityAh, double[] ResistanceRatio)
{
    public static OwnEstimates Of(PackState state, long epoch, long seq, long timeMs, long frames) => new(
        epoch, seq, timeMs, frames, state.Soc.Soc, state.Soc.SocDeviation, state.Validity.ToString(), state.UsableSoc.Soc, state.Energy.EnergyWh, state.HotSpot.TemperatureDegC,
        [.. state.CellSoc], [.. state.CapacityAh], [.. state.ResistanceRatio]);
}
