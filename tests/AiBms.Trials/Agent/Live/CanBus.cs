using System.Globalization;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;

namespace AiBms.Trials.Agent.Live;

/// <summary>Writes a bus of the shipped pack as candump does: every message ten times a second, healthy and at rest.</summary>
static class CanBus
{
    public const double CurrentA = 0.4, ProbeDegC = 25;

    public static double CellV(int cell) => 3.7 + 0.0005 * (cell % 7);

    public static void Write(string dbcPath, string path, double forS)
    {
        var dbc = DbcFile.Read(dbcPath);
        double nowS = 1_700_000_000;
        using CandumpWriter writer = new(path, "can0", () => nowS);
        for (int step = 0; step < 10 * forS; step++, nowS += 0.1)
            foreach (var message in dbc.Messages.Where(m => !m.Name.Contains("Command", StringComparison.Ordinal)))
            {
                ulong[] groups = [.. message.Signals.SelectMany(s => s.Ranges.Select(r => r.First)).Distinct()];
                foreach (ulong group in groups.Length == 0 ? [0] : groups) writer.Send(message.Key, Data(message, group));
            }
    }

    static byte[] Data(DbcMessage message, ulong group)
    {
        byte[] data = new byte[message.Length];
        foreach (var signal in message.Signals)
            if (signal.Multiplexor is null || signal.IsIn(group)) signal.Write(Value(signal.Name, group), data);
        return data;
    }

    static double Value(string name, ulong group) => name switch
    {
        "CellGroup" or "ProbeGroup" => group,
        "PackCurrent" or "PackCurrent2" => CurrentA,
        "PackVoltage" => Enumerable.Range(0, 96).Sum(CellV),
        "Isolation" => 5000,
        "HousingPressure" => 101,
        "CoolantLevel" => 95,
        "CoolantFlow" => 8,
        "Interlock" or "Key" => 1,
        _ when name.StartsWith("Probe", StringComparison.Ordinal) || name is "Ambient" or "CoolantInlet" or "CoolantOutlet" or "BalancingBoard" => ProbeDegC,
        _ when name.StartsWith("Cell", StringComparison.Ordinal) => CellV(int.Parse(name[4..], CultureInfo.InvariantCulture) - 1),
        _ => 0,
    };
}
