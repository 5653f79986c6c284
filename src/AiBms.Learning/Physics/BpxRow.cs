using System.Globalization;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>A published BPX cell against its measured curve, the measured current as the load.</summary>
sealed record BpxRow(string Name, double SpmMV, double DfnMV, double PeerMV)
{
    /// <summary>RMSE of the peer's DFN, mV, as the reference curves list them.</summary>
    static readonly Dictionary<string, double[]> Peer = new(StringComparer.Ordinal)
    {
        ["NMC"] = [14.4, 13.4, 14.9, 25.2, 19.9],
        ["LFP"] = [8.0, 102, 133, 97, 69],
    };

    static readonly string[] Profiles = ["Co20", "Co2", "1C", "2C", "DriveCycle"];

    /// <summary>Runs both cells on all measured curves.</summary>
    public static IReadOnlyList<BpxRow> All(string folder)
    {
        List<BpxRow> rows = [];
        foreach (var (chemistry, file) in ((string, string)[])[("NMC", "nmc_pouch_cell_BPX.json"), ("LFP", "lfp_18650_cell_BPX.json")])
        {
            string at = Path.Combine(folder, "bpx", "about-energy", chemistry);
            var set = new ParameterSetCatalogue(at).Find(Path.Combine(at, file));
            for (int i = 0; i < Profiles.Length; i++)
            {
                string name = $"{chemistry}_25degC_{Profiles[i]}";
                double[][] measured = [.. Rows(Path.Combine(at, "data", "validation", name + ".csv"))];
                rows.Add(new($"{chemistry} {Profiles[i].Replace("Co", "C/", StringComparison.Ordinal)}", Rmse(ModelKind.Spm, set, measured), Rmse(ModelKind.Dfn, set, measured), Peer[chemistry][i]));
            }
        }

        return rows;
    }

    static double Rmse(ModelKind kind, ParameterSet set, double[][] measured)
    {
        double[] timeS = [.. measured.Select(r => r[0] - measured[0][0])];
        var log = new Log(timeS);
        var runner = new ExperimentRunner(CellFactory.Create(kind, set, Resolution.Normal, false)) { Observer = log, OutputTimesS = timeS };
        runner.Run([new() { Text = "measured current", Mode = StepMode.Drive, DriveA = [.. measured.Select(r => r[1])], DriveTimesS = timeS }]);
        double square = 0;
        int points = 0;
        for (int i = 0; i < timeS.Length; i++)
        {
            if (double.IsNaN(log.VoltageV[i])) continue;
            double error = 1000 * (log.VoltageV[i] - measured[i][2]);
            (square, points) = (square + error * error, points + 1);
        }

        return points == timeS.Length ? Math.Sqrt(square / points) : double.NaN;
    }

    static IEnumerable<double[]> Rows(string path)
    {
        using var text = new StreamReader(ReferenceCurve.Open(path));
        text.ReadLine();
        while (text.ReadLine() is { Length: > 3 } line) yield return [.. line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
    }

    sealed class Log(double[] timeS) : IRunObserver
    {
        int _at;

        public double[] VoltageV { get; } = [.. timeS.Select(_ => double.NaN)];

        public void Point(int stepNumber, double now, ElectrochemicalCell cell, ReadOnlySpan<double> state)
        {
            while (_at < timeS.Length && timeS[_at] < now - 1e-7) _at++;
            if (_at < timeS.Length && Math.Abs(timeS[_at] - now) < 1e-7) VoltageV[_at] = cell.VoltageV(state);
        }
    }
}
