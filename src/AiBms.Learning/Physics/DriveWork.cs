using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>Error against time over a ladder of resolutions under US06 at twice its current: 600 s of currents that change every second.</summary>
/// <remarks>SPM and SPMe against the peer's converged curve; it has none for DFN, whose reference is our own fine solution.</remarks>
static class DriveWork
{
    /// <summary>The peer's CPU ms for these 600 s on its default mesh, compiled, as measured for the reference curves.</summary>
    static readonly (ModelKind Kind, string Name, double PeerMs)[] Models = [(ModelKind.Spm, "SPM", 2.4), (ModelKind.Spme, "SPMe", 6.6), (ModelKind.Dfn, "DFN", 74)];

    public static IReadOnlyList<WorkPoint> All(string folder, ParameterSetCatalogue sets, IEnumerable<Resolution> ladder, Func<ReferenceCase, ElectrochemicalCell> fine, double budgetS)
    {
        List<WorkPoint> points = [];
        foreach (var (kind, name, peerMs) in Models)
        {
            var peer = ReferenceCase.Read(folder, $"Chen2020_{name}_isothermal_us06x2", sets);
            var reference = kind == ModelKind.Dfn ? peer : ReferenceCase.Read(folder, peer.Curve.Name + "_truth", sets);
            double[] exactV = reference.Curve.VoltageV;
            if (kind == ModelKind.Dfn) CurveComparison.Of(peer, folder, fine(peer), out exactV);
            points.Add(new(name, "PyBaMM", peerMs, Largest(reference.Curve.TimeS, exactV, At(peer, reference.Curve.TimeS))));
            var steps = reference.Steps(folder);
            foreach (var resolution in ladder)
            {
                var cell = CellFactory.Create(kind, reference.Set, resolution, false);
                CurveComparison.Of(reference, folder, cell, out double[] ourV);
                var runner = reference.Runner(cell);
                double ms = Stopclock.LeastMs(() =>
                {
                    reference.Restart(runner);
                    runner.Run(steps);
                }, budgetS);
                points.Add(new(name, "AiBms", ms, Largest(reference.Curve.TimeS, exactV, ourV)));
            }
        }

        return points;
    }

    /// <summary>The peer's curve at the reference's times, straight in between.</summary>
    static double[] At(ReferenceCase peer, double[] timeS)
    {
        double[] from = peer.Curve.TimeS, volts = peer.Curve.VoltageV;
        return [.. timeS.Select(t =>
        {
            int i = Array.BinarySearch(from, t);
            if (i >= 0) return volts[i];
            i = ~i;
            return i == 0 || i == from.Length ? double.NaN : volts[i - 1] + (volts[i] - volts[i - 1]) * (t - from[i - 1]) / (from[i] - from[i - 1]);
        })];
    }

    static double Largest(double[] timeS, double[] exactV, double[] voltageV)
    {
        double worst = 0;
        for (int i = 0; i < timeS.Length; i++)
            if (timeS[i] > 1 && double.IsFinite(exactV[i] - voltageV[i])) worst = Math.Max(worst, 1000 * Math.Abs(exactV[i] - voltageV[i]));
        return worst;
    }
}
