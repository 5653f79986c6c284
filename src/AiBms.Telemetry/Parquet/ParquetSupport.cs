using System.Diagnostics.CodeAnalysis;

namespace AiBms.Telemetry.Parquet;

/// <summary>Whether this program reads Parquet.</summary>
static class ParquetSupport
{
    /// <summary>False in a program that is compiled ahead of time without it: the reading package needs reflection that such a program has not.</summary>
    /// <remarks>A project turns it off by a RuntimeHostConfigurationOption of this name with Trim: the compiler then leaves the package out.</remarks>
    [FeatureSwitchDefinition("AiBms.Telemetry.ReadsParquet")]
    public static bool IsThere => !AppContext.TryGetSwitch("AiBms.Telemetry.ReadsParquet", out bool isThere) || isThere;
}
