using System.Globalization;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;
using AiBms.Safety.Signals;

namespace AiBms.Tests.Safety;

/// <summary>One scenario of the table: at each time first the expectations are checked, then inputs are changed.</summary>
public sealed record Scenario(string Name, string Pack, string[] Lines)
{
    /// <summary>Reads a table: <c># name [pack]</c> begins a scenario, then <c>seconds | expectations | changes</c>.</summary>
    public static IEnumerable<Scenario> Read(string text)
    {
        string? name = null;
        string pack = "12s";
        var lines = new List<string>();
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == ';') continue;
            if (line[0] != '#')
            {
                lines.Add(line);
                continue;
            }

            if (name is not null) yield return new(name, pack, [.. lines]);
            lines.Clear();
            int bracket = line.IndexOf('[', StringComparison.Ordinal);
            name = (bracket < 0 ? line[1..] : line[1..bracket]).Trim();
            pack = bracket < 0 ? "12s" : line[(bracket + 1)..].TrimEnd(']', ' ');
        }

        if (name is not null) yield return new(name, pack, [.. lines]);
    }

    public void Run()
    {
        var rig = Pack switch
        {
            "96s" => new SafetyRig(TestPacks.Ev96, 3.7f),
            "16s" => new SafetyRig(TestPacks.Lfp16, 3.3f),
            _ => new SafetyRig(TestPacks.Module12, 3.7f),
        };
        foreach (string line in Lines)
        {
            string[] parts = line.Split('|', StringSplitOptions.TrimEntries);
            Assert.True(parts.Length == 3, $"three columns are needed: {line}");
            double untilMs = 1000 * double.Parse(parts[0], CultureInfo.InvariantCulture);
            while (rig.ElapsedMs < untilMs)
            {
                rig.Step();
                // A service request is a pulse of one step.
                rig.Service = ServiceRequest.None;
                rig.Answer = null;
            }

            foreach (string word in parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)) Expect(rig, word, line);
            foreach (string word in parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)) ScenarioInputs.Set(rig, word);
        }
    }

    static void Expect(SafetyRig rig, string word, string line)
    {
        var output = rig.Output;
        if (Enum.TryParse(word, out ProtectionState state))
        {
            Assert.True(output.State == state, $"'{line}': the state is {output.State} ({Present(rig)})");
            return;
        }

        int at = word.IndexOfAny(['=', '<', '>', ':']);
        string key = word[..at], value = word[(at + 1)..];
        switch (key)
        {
            case "fault": Assert.True(rig.Memory.Fault(Enum.Parse<FaultCode>(value)).Active, $"'{line}': {value} is not active ({Present(rig)})"); break;
            case "nofault": Assert.False(rig.Memory.Fault(Enum.Parse<FaultCode>(value)).Present, $"'{line}': {value} is present"); break;
            case "latched": Assert.True(rig.Memory.Fault(Enum.Parse<FaultCode>(value)).Latched, $"'{line}': {value} is not latched ({Present(rig)})"); break;
            case "nofaults": Assert.True(!Any(rig), $"'{line}': {Present(rig)}"); break;
            case "chargeby": Assert.True(output.ChargeBinding.Name == Enum.Parse<LimitName>(value), $"'{line}': bound by {output.ChargeBinding}"); break;
            case "dischargeby": Assert.True(output.DischargeBinding.Name == Enum.Parse<LimitName>(value), $"'{line}': bound by {output.DischargeBinding}"); break;
            case "chargewhere": Assert.Equal(int.Parse(value, CultureInfo.InvariantCulture), output.ChargeBinding.Where); break;
            case "since": Assert.Equal(1000 * double.Parse(value, CultureInfo.InvariantCulture), output.ChargeBinding.SinceMs, 250.0); break;
            case "contactors":
                string told = $"{(output.Contactors.Plus ? "+" : "")}{(output.Contactors.Minus ? "-" : "")}{(output.Contactors.Precharge ? "p" : "")}";
                Assert.True(told == value, $"'{line}': contactors '{told}' in {output.State} ({Present(rig)})");
                break;
            case "level": Assert.True(Enum.TryParse(value.Split('/')[1], out LimitLevel level) && rig.Memory.Level(Enum.Parse<LimitKind>(value.Split('/')[0])) == level, $"'{line}'"); break;
            case "cell": Assert.Equal(Enum.Parse<SignalQuality>(value.Split('/')[1]), rig.Memory.CellQuality(int.Parse(value.Split('/')[0], CultureInfo.InvariantCulture))); break;
            case "probe": Assert.Equal(Enum.Parse<SignalQuality>(value.Split('/')[1]), rig.Memory.ProbeQuality(int.Parse(value.Split('/')[0], CultureInfo.InvariantCulture))); break;
            case "pause": Assert.Equal(value == "1", output.BleedPause); break;
            case "runaway": Assert.True(output.Runaway.Active == (value == "1"), $"'{line}': {output.Runaway}"); break;
            default:
                float number = key switch
                {
                    "charge" => output.ChargeLimitA,
                    "discharge" => output.DischargeLimitA,
                    "current" => rig.CurrentA,
                    "link" => rig.LinkV,
                    _ => throw new ArgumentException($"unknown expectation '{word}'"),
                };
                float bound = float.Parse(value, CultureInfo.InvariantCulture);
                bool holds = word[at] switch { '<' => number < bound, '>' => number > bound, _ => MathF.Abs(number - bound) <= 0.01f * MathF.Abs(bound) + 1e-3f };
                Assert.True(holds, $"'{line}': {key} is {number} ({output.State}, {output.ChargeBinding.Name}/{output.DischargeBinding.Name}; {Present(rig)})");
                break;
        }
    }

    static bool Any(SafetyRig rig)
    {
        for (int i = 0; i < FaultCatalogue.Count; i++)
            if (rig.Memory.Fault((FaultCode)i).Present) return true;
        return false;
    }

    /// <summary>What happened so far, for a failure's message.</summary>
    static string Present(SafetyRig rig)
    {
        var names = new List<string>();
        for (int i = 0; i < FaultCatalogue.Count; i++)
            if (rig.Memory.Fault((FaultCode)i).Count > 0) names.Add($"{(rig.Memory.Fault((FaultCode)i).Present ? "" : "gone ")}{(FaultCode)i} at {rig.Memory.Fault((FaultCode)i).SinceMs} ms");
        return string.Join(", ", names);
    }
}
