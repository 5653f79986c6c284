using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Telemetry;

namespace AiBms.Learning.Learners;

/// <summary>Stands for the training library where it is not at hand: learners have their names and settings, and cannot learn.</summary>
public sealed class AbsentLibrary : ILearnerLibrary
{
    /// <inheritdoc/>
    public ILearner Trees(string name, Func<string, bool> uses, TreesDesign design) => new Absent(name, SettingsOf(name, design));

    /// <inheritdoc/>
    public ILearner Network(string name, Func<string, bool> uses, NetworkDesign design) => new Absent(name, SettingsOf(name, design));

    /// <summary>Settings of a learner of the library, as the library itself states them.</summary>
    public static string SettingsOf(string name, object design) => $"{name}: {design}";

    sealed class Absent(string name, string settings) : ILearner
    {
        public string Name => name;

        public string Settings => settings;

        public RegressionFile Fit(TrainingRows rows, ulong seed) =>
            throw new DataException($"'{name}' needs the training library: start it as './aibms train', which builds the program that has it.");
    }
}
