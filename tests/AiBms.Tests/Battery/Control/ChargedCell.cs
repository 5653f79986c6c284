using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Control;

/// <summary>A cell behind a charger that does what it is told one second later.</summary>
sealed class ChargedCell
{
    static readonly CellType s_type = new CellCatalogue(Repo.At("cells")).Find("nmc_60ah");

    public double Soc, HighestV;
    public readonly List<ChargeDecision> Currents = [];

    /// <summary>Runs; gives the reasons in their order, each named where it begins.</summary>
    public List<ChargeReason> Run(ChargeControl control, int forS)
    {
        var model = new TheveninModel(s_type);
        var circuit = TheveninModel.Of<double>(s_type);
        double[] state = new double[model.StateCount], resistance = new double[1 + circuit.PairCount];
        model.Rest(state, Soc);
        List<ChargeReason> reasons = [];
        double currentA = 0;
        for (int t = 0; t < forS; t++)
        {
            model.Step(state, currentA, 25, 1);
            double v = model.VoltageV(state, currentA, 25);
            (HighestV, Soc) = (Math.Max(HighestV, v), state[0]);
            circuit.Resistances(Soc, 25, resistance);
            var decision = control.Update(new(t, 1, currentA, v, 0, resistance.Sum(), 25, Soc, 1000, double.NaN, double.NaN, 1, true, true));
            if (reasons.Count == 0 || reasons[^1] != decision.Reason) reasons.Add(decision.Reason);
            Currents.Add(decision);
            currentA = decision.CurrentA;
        }

        return reasons;
    }
}
