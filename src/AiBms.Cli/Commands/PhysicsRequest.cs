using AiBms.Battery.Electrochemistry;

namespace AiBms.Cli.Commands;

/// <summary>What <c>simulate --model</c> was asked.</summary>
/// <param name="Model">The model.</param>
/// <param name="Cell">Name or file of a parameter set.</param>
/// <param name="Experiment">The experiment's text.</param>
/// <param name="Resolution">How finely.</param>
/// <param name="IsThermal">With the cell's temperature as a state.</param>
/// <param name="CoreToCaseKPerW">Resistance between core and case; NaN for the set's own.</param>
/// <param name="IsAgeing">With the ageing that the parameter set describes.</param>
/// <param name="Cycles">How often the experiment is lived through as one cycle of a life; 0 runs it once.</param>
/// <param name="StartSoc">State of charge at the start; NaN for the set's own.</param>
/// <param name="AmbientDegC">Ambient; NaN for the set's own.</param>
/// <param name="PeriodS">Seconds between rows.</param>
/// <param name="Sensitivities">Parameters whose ∂V/∂ln p becomes a column each.</param>
/// <param name="WithDetails">Whether surfaces, margin, heat, overpotentials and salt are columns too.</param>
/// <param name="Output">File; null for stdout.</param>
/// <param name="Plot">Picture; null for none.</param>
sealed record PhysicsRequest(
    ModelKind Model, string Cell, string Experiment, Resolution Resolution, bool IsThermal, double CoreToCaseKPerW, bool IsAgeing, int Cycles, double StartSoc, double AmbientDegC, double PeriodS,
    IReadOnlyList<string> Sensitivities, bool WithDetails, string? Output, string? Plot);
