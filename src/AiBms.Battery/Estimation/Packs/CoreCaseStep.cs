using AiBms.Battery.Cells;
using AiBms.Battery.Thermal;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>One step of core and case as numbers: how much of each temperature, of the surroundings and of each watt is in the next.</summary>
/// <remarks>The step is linear, so that stepping unit vectors gives its matrix exactly.</remarks>
sealed class CoreCaseStep(CoreCaseParameters parameters)
{
    readonly CoreCaseModel _model = new(parameters);
    double _stepS = double.NaN;

    public double CoreOfCore { get; private set; }

    public double CoreOfCase { get; private set; }

    public double CaseOfCore { get; private set; }

    public double CaseOfCase { get; private set; }

    public double CoreOfSurroundings { get; private set; }

    public double CaseOfSurroundings { get; private set; }

    /// <summary>K for each W.</summary>
    public double CoreOfHeat { get; private set; }

    /// <summary>K for each W.</summary>
    public double CaseOfHeat { get; private set; }

    /// <summary>Sets the length of the step, s.</summary>
    public void Set(double stepS)
    {
        if (stepS == _stepS) return;
        _stepS = stepS;
        (CoreOfCore, CaseOfCore) = Unit(1, 0, 0, 0);
        (CoreOfCase, CaseOfCase) = Unit(0, 1, 0, 0);
        (CoreOfHeat, CaseOfHeat) = Unit(0, 0, 1, 0);
        (CoreOfSurroundings, CaseOfSurroundings) = Unit(0, 0, 0, 1);
    }

    /// <summary>Of what the surroundings rise steadily over a step, the part that would do as much from its beginning on.</summary>
    /// <param name="stepPart">How much of a sudden rise the temperature takes over the step, 0…1: it is taken to follow with one lag.</param>
    public static double PartOfRise(double stepPart) => stepPart < 1e-6 ? 0.5 : 1 / stepPart + 1 / Math.Log(Math.Max(1e-300, 1 - stepPart));

    (double Core, double Case) Unit(double core, double shell, double heatW, double around)
    {
        _model.Step(ref core, ref shell, heatW, around, _stepS);
        return (core, shell);
    }
}
