using AiBms.Battery.Estimation.Packs;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Fleet;

/// <summary>A stretch between two rests, and whether it was taken for the capacity.</summary>
/// <param name="When">How long ago it ended, and how long it was.</param>
/// <param name="Change">Change of SOC by the voltages at rest.</param>
/// <param name="Charge">Charge counted.</param>
/// <param name="Verdict">Taken, with what it gives; or why not.</param>
sealed record CapacityWindowText(string When, string Change, string Charge, string Verdict)
{
    const int Fields = 6;
    const double FullRestS = 1800;

    /// <summary>The windows of a pack, newest first.</summary>
    public static IEnumerable<CapacityWindowText> Of(PackEstimates e) => e.WindowValues.Chunk(Fields).Where(v => v.Length == Fields).Reverse().Select(Of);

    static CapacityWindowText Of(double[] v)
    {
        (double agoS, double lengthS, double change, double chargeAh, double restS) = (v[0], v[1], v[2], v[3], v[4]);
        var reason = (CapacityReason)(byte)v[5];
        string verdict = reason != CapacityReason.None ? $"not taken: {reason.Sentence()}" : $"taken: {Words.Number(chargeAh / change, "0.0", "Ah")}{(restS < FullRestS ? $", a rest of {Words.Duration(restS)} carried on" : "")}";
        return new($"{Words.Duration(agoS)} ago, over {Words.Duration(lengthS)}", Words.Percent(change, "+0.0;−0.0"), Words.Number(chargeAh, "+0.0;−0.0", "Ah"), verdict);
    }
}
