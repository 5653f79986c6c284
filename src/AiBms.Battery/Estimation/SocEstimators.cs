using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;

namespace AiBms.Battery.Estimation;

/// <summary>The catalogue of SOC estimators: the ladder from counting to filters. Adding a rung adds one line.</summary>
public static class SocEstimators
{
    /// <summary>Every rung by the name that <c>--method</c> takes, lowest first.</summary>
    public static IReadOnlyDictionary<string, Func<CellType, ISocEstimator>> All { get; } =
        new Dictionary<string, Func<CellType, ISocEstimator>>(StringComparer.Ordinal)
        {
            ["count"] = cell => new CoulombCounter(cell),
            ["ocv"] = cell => new OcvLookup(cell),
            ["ocv-count"] = cell => new OcvThenCount(cell),
            ["ekf"] = cell => new EkfEstimator<double>(cell),
            ["ekf32"] = cell => new EkfEstimator<float>(cell),
            ["edge"] = cell => new EdgeEstimator(cell),
        };

    /// <summary>The rung used when none is named.</summary>
    public const string Default = "ekf";
}
