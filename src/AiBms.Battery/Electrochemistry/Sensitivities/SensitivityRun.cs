using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry.Sensitivities;

/// <summary>Forward sensitivities of an experiment: how its voltages and its end move with the parameters.</summary>
/// <remarks>
/// Internal numerical differentiation: one run writes its solver steps down, and for each parameter two runs on either side take the very same
/// steps, ends located anew. What is differentiated is thus the discrete solution itself, smooth in the parameters and through every end, and
/// free of step-control noise; the rest is the cube of a thousandth.
/// </remarks>
public sealed class SensitivityRun
{
    /// <summary>Change of ln p to either side.</summary>
    const double Change = 1e-3;

    readonly Func<ParameterSet, ElectrochemicalCell> _model;
    readonly Func<ParameterSet, (double Negative, double Positive)> _start;

    /// <summary>Sensitivities of a kind of model.</summary>
    /// <param name="model">Makes the model of a set.</param>
    /// <param name="start">Stoichiometries that a set starts from; null for the set's own.</param>
    public SensitivityRun(Func<ParameterSet, ElectrochemicalCell> model, Func<ParameterSet, (double Negative, double Positive)>? start = null) =>
        (_model, _start) = (model, start ?? (s => (s.Negative.InitialStoichiometry, s.Positive.InitialStoichiometry)));

    /// <summary>Runs an experiment and differentiates it.</summary>
    /// <param name="set">The cell.</param>
    /// <param name="parameters">In which parameters; none gives the run alone.</param>
    /// <param name="steps">The experiment.</param>
    /// <param name="timesS">At which times, ascending, s.</param>
    public VoltageSensitivity Of(ParameterSet set, IReadOnlyList<SetParameter> parameters, IReadOnlyList<ExperimentStep> steps, IReadOnlyList<double> timesS)
    {
        var script = new StepScript();
        (double[] voltageV, double endS, int reached) = Run(set, steps, timesS, script);
        var byLogarithmV = new double[parameters.Count][];
        var endByLogarithmS = new double[parameters.Count];
        for (int p = 0; p < parameters.Count; p++)
        {
            double up = Math.Exp(Change), down = 1 / up;
            script.Follow();
            (double[] above, double endAboveS, _) = Run(parameters[p].Scale(set, up), steps, timesS, script);
            script.Follow();
            (double[] below, double endBelowS, _) = Run(parameters[p].Scale(set, down), steps, timesS, script);
            for (int i = 0; i < above.Length; i++) above[i] = (above[i] - below[i]) / (2 * Change);
            byLogarithmV[p] = above;
            endByLogarithmS[p] = (endAboveS - endBelowS) / (2 * Change);
        }

        return new(voltageV, byLogarithmV, endS, endByLogarithmS, reached);
    }

    (double[] VoltageV, double EndS, int Reached) Run(ParameterSet set, IReadOnlyList<ExperimentStep> steps, IReadOnlyList<double> timesS, StepScript script)
    {
        var log = new VoltageLog(timesS);
        var runner = new ExperimentRunner(_model(set)) { Observer = log, OutputTimesS = timesS, Script = script };
        (double negative, double positive) = _start(set);
        runner.Rest(negative, positive);
        runner.Run(steps);
        return (log.VoltageV, runner.TimeS, log.Reached);
    }
}
