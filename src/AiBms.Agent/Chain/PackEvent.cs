using System.Globalization;
using AiBms.Safety.Faults;

namespace AiBms.Agent.Chain;

/// <summary>A fault that began or ended.</summary>
/// <param name="TimeS">Time of the reading with which it did, s.</param>
/// <param name="Begins">True where it began, false where it ended.</param>
/// <param name="Code">Which fault of the catalogue.</param>
/// <param name="Where">Cell or probe from 0, as the catalogue says; −1 for the pack.</param>
/// <param name="Value">What was measured, in the catalogue's unit.</param>
/// <param name="Threshold">What it passed, in the catalogue's unit.</param>
/// <param name="SinceS">Time at which it began, s.</param>
/// <param name="IsTap">True where its cell's tap is under suspicion: it tells of a sensor, not of a cell.</param>
public readonly record struct PackEvent(double TimeS, bool Begins, FaultCode Code, int Where, float Value, float Threshold, double SinceS, bool IsTap)
{
    /// <summary>A limit that does not apply, such as of the flow while the pump is off, is told as a value beyond all.</summary>
    const float Unlimited = 1e30f;

    /// <summary>How bad it is.</summary>
    public FaultLevel Level => FaultCatalogue.Row(Code).Level;

    /// <summary>What to do: of a tap, what is to be done about taps, whatever it shows.</summary>
    public string Advice => FaultCatalogue.Row(IsTap ? FaultCode.CellVoltageLost : Code).Advice;

    /// <summary>The catalogue's sentence, cells and probes counted from 1 as files name them; nothing of how long where it has only begun.</summary>
    public string Sentence
    {
        get
        {
            var row = FaultCatalogue.Row(Code);
            string text = (TimeS - SinceS < 0.05 ? row.Text.Replace(", for {duration} s", "", StringComparison.Ordinal).Replace(" for {duration} s", "", StringComparison.Ordinal) : row.Text)
                .Replace("{where}", Named(row.Place, Where).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{value}", Math.Abs(Value) < Unlimited ? Value.ToString("0.###", CultureInfo.InvariantCulture) : "any", StringComparison.Ordinal)
                .Replace("{threshold}", Threshold.ToString("0.###", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{duration} s", Lasted(TimeS - SinceS), StringComparison.Ordinal);
            return IsTap ? "Tap, not cell: " + text : text;
        }
    }

    /// <summary>Cells and probes are counted from 1 as files name them; what else a pack's fault tells, such as how often it was tried, is told as it is.</summary>
    static int Named(FaultPlace place, int where) => place == FaultPlace.Pack ? where : where + 1;

    static string Lasted(double s) => s switch
    {
        < 600 => s.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 7200 => (s / 60).ToString("0", CultureInfo.InvariantCulture) + " min",
        < 172_800 => (s / 3600).ToString("0.0", CultureInfo.InvariantCulture) + " h",
        _ => (s / 86_400).ToString("0.0", CultureInfo.InvariantCulture) + " days",
    };
}
