namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>How one step went.</summary>
/// <param name="Number">Its number in the run, from 1.</param>
/// <param name="Step">The step.</param>
/// <param name="End">What ended it.</param>
/// <param name="StartS">When it began, s.</param>
/// <param name="EndS">When it ended, s.</param>
/// <param name="ChargeAh">Charge taken in, Ah, negative when discharged.</param>
/// <param name="EnergyWh">Energy taken in at the terminals, Wh.</param>
public sealed record StepResult(int Number, ExperimentStep Step, StepEnd End, double StartS, double EndS, double ChargeAh, double EnergyWh)
{
    /// <summary>Whether the run can go on after it.</summary>
    public bool Succeeded => End is not (StepEnd.Infeasible or StepEnd.SolutionEnds);
}
