using AiBms.Battery.Estimation;
using AiBms.Learning.Datasets;
using AiBms.Numerics;

namespace AiBms.Learning.Evaluation;

/// <summary>Runs one estimator from several cuts of a recording.</summary>
public static class CutRuns
{
    /// <summary>One run for each cut, every one started afresh.</summary>
    /// <param name="labelled">What was measured and what was true.</param>
    /// <param name="cuts">Where to start.</param>
    /// <param name="estimator">Started anew at each cut.</param>
    /// <param name="start">What it is told each time.</param>
    /// <param name="perturbation">What is done to the sensors.</param>
    /// <param name="options">How to score.</param>
    /// <param name="seed">Seed of noise.</param>
    /// <param name="name">Name of the recording: noise differs between recordings and cuts, not between methods.</param>
    public static IReadOnlyList<CutScore> Over(
        LabelledRecording labelled, IEnumerable<Cut> cuts, ISocEstimator estimator, SocStart start, Perturbation perturbation, CutOptions options, ulong seed, string name) =>
        [.. cuts.Select(cut => CutRun.Run(labelled, cut, estimator, start, Sensors(perturbation, cut, seed, name), options))];

    /// <summary>Sensors whose noise depends on seed, recording, cut and perturbation only.</summary>
    public static PerturbedSensors Sensors(Perturbation perturbation, Cut cut, ulong seed, string name) =>
        new(perturbation, SeededStream.For(seed, $"{perturbation.Name}/{name}/{cut.Row}"));
}
