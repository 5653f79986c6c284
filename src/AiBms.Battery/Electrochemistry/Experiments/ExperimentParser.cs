using System.Globalization;
using System.Text.RegularExpressions;

namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>Reads experiments in the words cyclers use: "Discharge at 1C until 2.5 V", "Hold at 4.2 V until C/50", "Rest for 1 hour".</summary>
/// <remarks>
/// Steps are separated by new lines, semicolons or ", then". <c>repeat 10 { … }</c> repeats; it may nest. A step may end in
/// "at 25 degC" and "every 10 s", also written "(10 s period)". Grammar: (Charge | Discharge) at (rate | A | W | Ω) (for time)? (until end)?; an end is a voltage, current, temperature,
/// "80 % SOC" or "10 mV margin" (of the negative electrode against plating); Hold at V; Rest for time;
/// Drive cycle NAME (for N repeats)?.
/// </remarks>
public sealed partial class ExperimentParser(double capacityAh, Func<string, DriveCycle?>? driveCycles = null)
{
    const int MostSteps = 1_000_000;

    const double LeastAmbientDegC = -60, MostAmbientDegC = 100;

    /// <summary>Reads an experiment.</summary>
    /// <exception cref="FormatException">A step is not understood; the message names the step and the word.</exception>
    public IReadOnlyList<ExperimentStep> Parse(string text)
    {
        List<ExperimentStep> steps = [];
        int at = 0, number = 0;
        Block(text, ref at, ref number, steps, 0);
        if (at < text.Length) throw new FormatException("the experiment has a '}' too many");
        return steps.Count > 0 ? steps : throw new FormatException("the experiment has no step");
    }

    void Block(string text, ref int at, ref int number, List<ExperimentStep> into, int depth)
    {
        if (depth > 20) throw new FormatException("the experiment nests 'repeat' too deeply");
        while (at < text.Length && text[at] != '}')
        {
            int end = text.IndexOfAny([';', '\n', '{', '}'], at);
            if (end < 0) end = text.Length;
            string piece = text[at..end].Trim();
            bool opens = end < text.Length && text[end] == '{';
            at = end < text.Length && text[end] != '}' ? end + 1 : end;
            if (opens)
            {
                var times = Repeat.Match(piece);
                if (!times.Success) throw new FormatException($"'{piece}' before '{{' should read 'repeat N'");
                List<ExperimentStep> inner = [];
                Block(text, ref at, ref number, inner, depth + 1);
                if (at >= text.Length) throw new FormatException("the experiment lacks a '}'");
                at++;
                int count = int.Parse(times.Groups["n"].Value, CultureInfo.InvariantCulture);
                if ((long)count * inner.Count + into.Count > MostSteps) throw new FormatException($"the experiment has more than {MostSteps} steps");
                for (int i = 0; i < count; i++) into.AddRange(inner);
                continue;
            }

            foreach (string words in piece.Split([", then ", " then "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                into.AddRange(Step(words, ++number));
        }
    }

    IEnumerable<ExperimentStep> Step(string words, int number)
    {
        string rest = words;
        double periodS = Take(ref rest, Every, number), ambientDegC = Take(ref rest, Ambient, number), ambientK = Units.ToKelvin(ambientDegC);
        if (ambientDegC is < LeastAmbientDegC or > MostAmbientDegC) throw Problem(number, words, $"surroundings of {ambientDegC} °C are beyond what the models are made for, {LeastAmbientDegC} to {MostAmbientDegC} °C");
        var drive = Drive.Match(rest);
        if (drive.Success)
        {
            string name = drive.Groups["name"].Value;
            var cycle = driveCycles?.Invoke(name) ?? throw Problem(number, words, $"no drive cycle is called '{name}': name a CSV file with currents in A, positive while charging, one a second or with their times");
            int repeats = drive.Groups["n"].Success ? int.Parse(drive.Groups["n"].Value, CultureInfo.InvariantCulture) : 1;
            var step = new ExperimentStep { Text = words, Mode = StepMode.Drive, DriveA = cycle.CurrentA, DriveTimesS = cycle.TimesS, PeriodS = periodS, AmbientTemperatureK = ambientK };
            return Enumerable.Repeat(step, repeats);
        }

        var match = Held.Match(rest);
        if (!match.Success) throw Problem(number, words, $"'{FirstStrange(rest)}' is not understood");
        string verb = match.Groups["verb"].Value.ToLowerInvariant();
        (StepMode mode, double value) = verb == "rest" ? (StepMode.Current, 0) : Amount(match.Groups["amount"].Value, number, words);
        if (verb == "hold" != (mode == StepMode.Voltage)) throw Problem(number, words, verb == "hold" ? "a voltage is held in V" : "only 'Hold' takes a voltage");
        if (verb is "charge" or "discharge" && !(value > 0)) throw Problem(number, words, "the value must be positive: 'Charge' and 'Discharge' say the direction");
        if (mode == StepMode.Resistance && verb == "charge") throw Problem(number, words, "a resistor can only discharge");
        double durationS = match.Groups["time"].Success ? Seconds(match.Groups["time"].Value) : double.PositiveInfinity;
        double untilV = double.NaN, untilA = double.NaN, untilK = double.NaN, untilSoc = double.NaN, untilMarginV = double.NaN;
        foreach (Capture end in match.Groups["end"].Captures)
        {
            var degrees = Degrees.Match(end.Value);
            Match soc = Charge.Match(end.Value), margin = Margin.Match(end.Value);
            if (degrees.Success) untilK = Units.ToKelvin(Number(degrees.Groups["n"].Value));
            else if (soc.Success) untilSoc = Percent(Number(soc.Groups["n"].Value), number, words);
            else if (margin.Success) untilMarginV = Number(margin.Groups["n"].Value) * (margin.Groups["milli"].Success ? 1e-3 : 1);
            else if (Amount(end.Value, number, words) is (StepMode.Voltage, double volts)) untilV = volts;
            else if (Amount(end.Value, number, words) is (StepMode.Current, double amperes)) untilA = amperes;
            else throw Problem(number, words, $"a step ends at a voltage, a current, a rate, a temperature, a state of charge or a plating margin, not at '{end.Value}'");
        }

        if (double.IsInfinity(durationS) && double.IsNaN(untilV) && double.IsNaN(untilA) && double.IsNaN(untilK) && double.IsNaN(untilSoc) && double.IsNaN(untilMarginV))
            throw Problem(number, words, "nothing ends it: say 'for …' or 'until …'");
        return
        [
            new()
            {
                Text = words,
                Mode = mode,
                HeldNumber = verb == "discharge" && mode != StepMode.Resistance ? -value : value,
                DurationS = durationS,
                UntilV = untilV,
                UntilA = untilA,
                UntilTemperatureK = untilK,
                UntilSoc = untilSoc,
                UntilMarginV = untilMarginV,
                PeriodS = periodS,
                AmbientTemperatureK = ambientK,
            },
        ];
    }

    (StepMode Mode, double Value) Amount(string text, int number, string words)
    {
        var match = Quantity.Match(text.Trim());
        if (!match.Success) throw Problem(number, words, $"'{text.Trim()}' is not a quantity");
        if (match.Groups["over"].Success) return (StepMode.Current, capacityAh / Number(match.Groups["over"].Value));
        double value = Number(match.Groups["value"].Value);
        return match.Groups["unit"].Value switch
        {
            "C" => (StepMode.Current, value * capacityAh),
            "A" => (StepMode.Current, value),
            "mA" => (StepMode.Current, value / 1000),
            "V" => (StepMode.Voltage, value),
            "mV" => (StepMode.Voltage, value / 1000),
            "W" => (StepMode.Power, value),
            "kW" => (StepMode.Power, value * 1000),
            _ => (StepMode.Resistance, value),
        };
    }

    static double Percent(double value, int number, string words) =>
        value is >= 0 and <= 100 ? value / 100 : throw Problem(number, words, "a state of charge lies between 0 and 100 %");

    static double Take(ref string words, Regex ending, int number)
    {
        var match = ending.Match(words);
        if (!match.Success) return double.NaN;
        words = words[..match.Index].TrimEnd();
        return ending == Every ? Seconds(match.Groups["n"].Value) : Number(match.Groups["n"].Value);
    }

    static double Seconds(string text)
    {
        var match = Time.Match(text.Trim());
        double value = match.Groups["n"].Success ? Number(match.Groups["n"].Value) : 1;
        return value * char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch { 'h' => 3600, 'm' => 60, 'd' => 86400, _ => 1 };
    }

    static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    static string FirstStrange(string words)
    {
        string[] known = ["charge", "discharge", "hold", "rest", "at", "for", "until", "or", "drive", "cycle", "repeats"];
        return words.Split(' ').FirstOrDefault(w => !known.Contains(w, StringComparer.OrdinalIgnoreCase) && !w.Any(char.IsAsciiDigit)) ?? words;
    }

    static FormatException Problem(int number, string words, string what) => new($"step {number}, '{words}': {what}");

    const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    const string NumberText = @"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?";
    const string TimeText = @"(?:\d+(?:\.\d+)?\s*)?(?:seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?)\b";

    const string EndText = @"\S+(?:\s+[A-Za-zΩ°%]+){0,2}?";

    [GeneratedRegex(@"^repeat\s+(?<n>\d{1,6})$", Options)]
    private static partial Regex Repeat { get; }

    [GeneratedRegex(@"\s+(?:every\s+(?<n>" + TimeText + @")|\(\s*(?<n>" + TimeText + @")\s+period\s*\))\s*$", Options)]
    private static partial Regex Every { get; }

    [GeneratedRegex(@"\s+at\s+(?<n>-?\d+(?:\.\d+)?)\s*(?:degC|°C|oC)\s*$", Options)]
    private static partial Regex Ambient { get; }

    [GeneratedRegex(@"^drive\s+cycle\s+(?<name>\S+)(?:\s+for\s+(?<n>\d{1,5})\s+repeats?)?$", Options)]
    private static partial Regex Drive { get; }

    [GeneratedRegex(@"^(?:(?<verb>rest)|(?<verb>charge|discharge|hold)\s+at\s+(?<amount>\S+(?:\s+[A-Za-zΩ]+)??))(?:\s+for\s+(?<time>" + TimeText
        + @"))?(?:\s+(?:or\s+)?until\s+(?<end>" + EndText + @")(?:\s+or\s+(?:until\s+)?(?<end>" + EndText + @"))*)?$", Options)]
    private static partial Regex Held { get; }

    [GeneratedRegex(@"^(?:C/(?<over>" + NumberText + @")|(?<value>" + NumberText + @")\s*(?<unit>C|A|mA|V|mV|W|kW|ohm|Ohm|Ω))$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Quantity { get; }

    [GeneratedRegex(@"^(?<n>\d+(?:\.\d+)?)\s*%\s*SOC$", Options)]
    private static partial Regex Charge { get; }

    [GeneratedRegex(@"^(?<n>-?\d+(?:\.\d+)?)\s*(?<milli>m)?V\s+margin$", Options)]
    private static partial Regex Margin { get; }

    [GeneratedRegex(@"^(?<n>-?\d+(?:\.\d+)?)\s*(?:degC|°C|oC)$", Options)]
    private static partial Regex Degrees { get; }

    [GeneratedRegex(@"^(?<n>\d+(?:\.\d+)?)?\s*(?<unit>[a-z]+)$", Options)]
    private static partial Regex Time { get; }
}
