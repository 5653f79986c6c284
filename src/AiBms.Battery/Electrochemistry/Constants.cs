namespace AiBms.Battery.Electrochemistry;

/// <summary>Constants of nature (CODATA 2018, exact).</summary>
public static class Constants
{
    /// <summary>F, C/mol.</summary>
    public const double FaradayCPerMol = 96485.33212;

    /// <summary>R, J/(mol·K).</summary>
    public const double GasJPerMolK = 8.314462618;
}
