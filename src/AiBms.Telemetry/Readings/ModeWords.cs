namespace AiBms.Telemetry.Readings;

/// <summary>Reads what recorders call charging, discharging and resting.</summary>
static class ModeWords
{
    static readonly string[] Discharging = ["D", "DCH", "DCHG", "DIS", "DISCHARGE"], Charging = ["C", "CHA", "CHG", "CHRG", "CHARGE"], Resting = ["R", "REST", "PAU", "PAUSE", "OCV", "S", "P"];

    /// <summary>+1 charging, −1 discharging, 0 resting, null for a word that says neither.</summary>
    public static int? Direction(string word)
    {
        string upper = word.Trim().ToUpperInvariant();
        if (Array.IndexOf(Resting, upper) >= 0 || upper.Contains("REST", StringComparison.Ordinal))
            return 0;
        if (Array.IndexOf(Discharging, upper) >= 0 || upper.Contains("DCHG", StringComparison.Ordinal) || upper.Contains("DISCH", StringComparison.Ordinal))
            return -1;
        if (Array.IndexOf(Charging, upper) >= 0 || upper.Contains("CHG", StringComparison.Ordinal) || upper.Contains("CHARGE", StringComparison.Ordinal))
            return 1;
        return null;
    }
}
