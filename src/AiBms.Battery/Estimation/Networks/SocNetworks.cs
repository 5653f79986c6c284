using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>The learned rungs of the SOC ladder, lowest first: each needs a model file that was trained on the cell.</summary>
public static class SocNetworks
{
    /// <summary>The one that <c>network</c> stands for.</summary>
    public const string Best = "gru-measures";

    /// <summary>Methods by the name that <c>--method</c> takes.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["mean", "ridge", "gbt", "mlp", "tcn", "gru", "ekf-band", "gru-correct", "fusion", "gru-measures"];

    /// <summary>An estimator of a method for a cell.</summary>
    /// <param name="method">One of <see cref="Methods"/>, or <c>network</c>.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="models">Where model files are.</param>
    /// <exception cref="ModelException">No model of that method was trained on the cell.</exception>
    public static ISocEstimator Create(string method, CellType cell, ModelCatalogue models) =>
        new SocNetworkEstimator(cell, models.Find("soc", method == "network" ? Best : method, cell.Id));
}
