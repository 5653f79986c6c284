using System.Globalization;
using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Learning.Physics;

/// <summary>Lithium lost to the interphase by one law: 100 days at 90 % and 20 cycles, against the reference.</summary>
sealed record AgeingRow(string Law, double StoredAh, double StoredReferenceAh, double CycledAh, double CycledReferenceAh)
{
    static readonly (SeiLaw Law, string File)[] Laws =
    [
        (SeiLaw.ReactionLimited, "reaction_limited"), (SeiLaw.SolventDiffusionLimited, "solvent_diffusion_limited"),
        (SeiLaw.ElectronMigrationLimited, "electron_migration_limited"), (SeiLaw.InterstitialDiffusionLimited, "interstitial_diffusion_limited"),
        (SeiLaw.CarbonateReactionLimited, "ec_reaction_limited"),
    ];

    /// <summary>Runs the five laws.</summary>
    public static IReadOnlyList<AgeingRow> All(string folder, ParameterSet set) =>
    [
        .. Laws.Select(l =>
        {
            string at = Path.Combine(folder, "degradation");
            return new AgeingRow(l.Law.ToString(), Loss(set, l.Law, 0.9, "Rest for 100 days"),
                Last(Path.Combine(at, $"calendar100d_soc90_{l.File}.csv"), "Loss of capacity to negative SEI [A.h]"),
                Loss(set, l.Law, 1, "repeat 20 { Discharge at 1C until 2.5 V; Rest for 600 s; Charge at 0.5C until 4.2 V; Hold at 4.2 V until C/50; Rest for 600 s }"),
                Last(Path.Combine(at, $"Chen2020_SPM_SEI_{l.File}_20cycles.csv"), "Total capacity lost to side reactions [A.h]"));
        }),
    ];

    static double Loss(ParameterSet set, SeiLaw law, double soc, string experiment)
    {
        var cell = new SpmSystem(set, new() { Ageing = new(new() { Film = new SeiGrowth(law, new()) }) }) { Tolerance = 1e-5 };
        var runner = new ExperimentRunner(cell);
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(soc);
        runner.Rest(negative, positive);
        runner.Run(new ExperimentParser(set.CapacityAh).Parse(experiment));
        return cell.Health(runner.State).Negative.FilmAh;
    }

    static double Last(string path, string column)
    {
        string[] lines = File.ReadAllLines(path);
        int index = Array.IndexOf(lines[0].Split(','), column);
        return double.Parse(lines[^1].Split(',')[index], CultureInfo.InvariantCulture);
    }
}
