using AiBms.Battery.Cells;

namespace AiBms.Battery.Thermal;

/// <summary>Two temperatures of a cell, core and case, advanced by the exact solution for constant heat and ambient.</summary>
/// <remarks>
/// C_c·dT_c/dt = Q − (T_c − T_s)/R_c;  C_s·dT_s/dt = (T_c − T_s)/R_c − (T_s − T_a)/R_u.
/// Source: Forgez, Do, Friedrich, Morcrette, Delacourt, J. Power Sources 195 (2010) 2961, doi 10.1016/j.jpowsour.2009.10.105.
/// The 2 × 2 matrix has two negative real eigenvalues, so the exponential is a sum of two decays.
/// </remarks>
public sealed class CoreCaseModel
{
    readonly CoreCaseParameters _p;
    readonly double _a, _b, _c, _d, _slow, _fast;

    /// <param name="parameters">All four numbers positive; refused with an <see cref="ArgumentOutOfRangeException"/> otherwise.</param>
    public CoreCaseModel(CoreCaseParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parameters.CoreHeatCapacityJPerK);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parameters.CaseHeatCapacityJPerK);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parameters.CoreToCaseKPerW);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parameters.CaseToAmbientKPerW);
        _p = parameters;
        _a = -1 / (_p.CoreHeatCapacityJPerK * _p.CoreToCaseKPerW);
        _b = -_a;
        _c = 1 / (_p.CaseHeatCapacityJPerK * _p.CoreToCaseKPerW);
        _d = -_c - 1 / (_p.CaseHeatCapacityJPerK * _p.CaseToAmbientKPerW);
        double half = (_a + _d) / 2, root = Math.Sqrt((_a - _d) * (_a - _d) / 4 + _b * _c);
        (_slow, _fast) = (half + root, half - root);
    }

    /// <summary>Advances both temperatures.</summary>
    /// <param name="coreDegC">Core temperature, °C.</param>
    /// <param name="caseDegC">Case temperature, °C.</param>
    /// <param name="heatW">Heat made in the core, W, constant over the step.</param>
    /// <param name="ambientDegC">Temperature of the surroundings, °C, constant over the step.</param>
    /// <param name="stepS">Step, s, ≥ 0.</param>
    public void Step(ref double coreDegC, ref double caseDegC, double heatW, double ambientDegC, double stepS)
    {
        double settledCase = ambientDegC + heatW * _p.CaseToAmbientKPerW;
        double settledCore = settledCase + heatW * _p.CoreToCaseKPerW;
        double x = coreDegC - settledCore, y = caseDegC - settledCase;
        double slow = Math.Exp(_slow * stepS), fast = Math.Exp(_fast * stepS), gap = _slow - _fast;

        // exp(A·t) = [e^{s t}(A − f·1) − e^{f t}(A − s·1)] / (s − f)
        double p11 = (slow * (_a - _fast) - fast * (_a - _slow)) / gap, p12 = _b * (slow - fast) / gap;
        double p21 = _c * (slow - fast) / gap, p22 = (slow * (_d - _fast) - fast * (_d - _slow)) / gap;
        coreDegC = settledCore + p11 * x + p12 * y;
        caseDegC = settledCase + p21 * x + p22 * y;
    }
}
