namespace AiBms.Learning.Boards;

/// <summary>A figure that the board is held to.</summary>
/// <param name="Set">Data set.</param>
/// <param name="Group">Ambient group, or null for the set as a whole.</param>
/// <param name="Figure">What is measured.</param>
/// <param name="LowSoc">The figure is at least this; an error of SOC 0…1, a share 0…1, or a ratio.</param>
/// <param name="HighSoc">The figure is at most this.</param>
public sealed record Aim(string Set, string? Group, string Figure, double LowSoc, double HighSoc)
{
    /// <summary>RMSE from five minutes on, unknown start in the middle of driving.</summary>
    public const string Rmse = "RMSE";

    /// <summary>99th percentile of the same errors.</summary>
    public const string Percentile99 = "P99";

    /// <summary>Coverage of the 90 % interval: its value, and besides that its block-bootstrap interval holds <see cref="HonestFraction"/>.</summary>
    public const string Coverage = "coverage";

    /// <summary>What a 90 % interval that is what it says would cover, 0…1.</summary>
    public const double HonestFraction = 0.9;

    /// <summary>Mean width of the 90 % interval over RMSE.</summary>
    public const string WidthRatio = "width / RMSE";

    /// <summary>RMSE at an ambient that the method was made without, over RMSE at the same where it was seen.</summary>
    public const string UnseenRatio = "unseen / seen";

    /// <summary>Share of runs from a start 30 points wrong whose error stays under 3 points after five minutes: a half is a median of five minutes.</summary>
    public const string Found = "30 points wrong, found within 5 min";

    /// <summary>Share of runs from a start 70 points wrong whose error stays under 3 points after fifteen minutes.</summary>
    public const string FoundFar = "70 points wrong, found within 15 min";

    /// <summary>Mean of the RMSEs under the six sensor faults.</summary>
    public const string FaultMean = "six faults, mean RMSE";

    /// <summary>Worst of the RMSEs under the six sensor faults.</summary>
    public const string FaultWorst = "six faults, worst RMSE";

    /// <summary>RMSE over the aim at the temperatures measured, in a chamber that warms up.</summary>
    public const string RmseByTemperature = "RMSE / aim at the measured temperature";

    /// <summary>99th percentile over the same.</summary>
    public const string Percentile99ByTemperature = "P99 / aim at the measured temperature";

    /// <summary>Group of the recordings in a chamber that warms up.</summary>
    public const string Rising = "Trise";

    static readonly (double AmbientDegC, double RmseSoc)[] s_byAmbient = [(-20, 0.04), (-10, 0.025), (0, 0.015), (10, 0.015), (25, 0.008), (40, 0.008)];

    /// <summary>Aim for the RMSE at a temperature, 0…1: between ambients a straight line, beyond them the last.</summary>
    public static double RmseAt(double temperatureDegC)
    {
        for (int k = 1; k < s_byAmbient.Length; k++)
        {
            var ((lowDegC, lowSoc), (highDegC, highSoc)) = (s_byAmbient[k - 1], s_byAmbient[k]);
            if (temperatureDegC <= highDegC) return lowSoc + (highSoc - lowSoc) * Math.Clamp((temperatureDegC - lowDegC) / (highDegC - lowDegC), 0, 1);
        }

        return s_byAmbient[^1].RmseSoc;
    }

    /// <summary>Every aim, fixed before anything was scored.</summary>
    public static IReadOnlyList<Aim> All { get; } =
    [
        .. from set in (string[])["lg_hg2", "panasonic"] from aim in DriveAims(set) select aim,
        new("k2_lfp", "30", Coverage, 0.85, 0.95),
    ];

    /// <summary>True where the figure is a share, printed in percent.</summary>
    public bool IsShare => Figure is Coverage or Found or FoundFar;

    /// <summary>True where the figure is a ratio.</summary>
    public bool IsRatio => Figure is WidthRatio or UnseenRatio or RmseByTemperature or Percentile99ByTemperature;

    /// <summary>The RMSE aim of a group, 0…1; null where there is none.</summary>
    public static double? RmseOf(string set, string group) =>
        All.FirstOrDefault(aim => aim.Set == set && aim.Group == group && aim.Figure == Rmse)?.HighSoc;

    static IEnumerable<Aim> DriveAims(string set)
    {
        foreach (var (ambientDegC, rmse) in s_byAmbient)
        {
            string ambient = ambientDegC.ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield return new(set, ambient, Rmse, 0, rmse);
            yield return new(set, ambient, Percentile99, 0, 3 * rmse);
            yield return new(set, ambient, Coverage, 0.85, 0.95);
            yield return new(set, ambient, WidthRatio, 0, 3.3);
            if (set == "lg_hg2") yield return new(set, ambient, UnseenRatio, 0, 1.5);
            yield return new(set, ambient, Found, 0.5, 1);
            yield return new(set, ambient, FoundFar, 0.5, 1);
        }

        // Of the rising chamber, by the temperatures measured.
        yield return new(set, Rising, RmseByTemperature, 0, 1);
        yield return new(set, Rising, Percentile99ByTemperature, 0, 3);
        yield return new(set, Rising, Coverage, 0.85, 0.95);
        yield return new(set, Rising, WidthRatio, 0, 3.3);
        yield return new(set, "25", FaultMean, 0, 0.012);
        yield return new(set, "25", FaultWorst, 0, 0.020);
    }
}
