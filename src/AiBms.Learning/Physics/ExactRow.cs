using System.Globalization;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>A model against a solution on paper.</summary>
/// <param name="Name">The case.</param>
/// <param name="Solution">Whose solution.</param>
/// <param name="RelativeError">Largest error, of what the solution moves.</param>
sealed record ExactRow(string Name, string Solution, double RelativeError)
{
    /// <summary>All cases.</summary>
    public static IReadOnlyList<ExactRow> All(ParameterSetCatalogue sets)
    {
        var chen = sets.Find("chen2020");
        return
        [
            new("surface of both particles, SPM 1C, 20 s to 50 minutes, default resolution", "Crank, series of a constant flux into a sphere", Sphere(chen, Resolution.Normal, 20)),
            new("the same, from 1 s on", "the same", Sphere(chen, Resolution.Normal, 1)),
            new("the same, from 1 s on, fine", "the same", Sphere(chen, Resolution.Fine, 1)),
            new("salt by cell, SPMe C/2 until steady, constant properties, fine", "flux straight in the electrodes, salt kept", Polarisation(chen)),
            new("impedance at a period of 20 s, SPM chen2020, fine", "Randles with Warburg's element of a sphere", SmallSine.RelativeError(chen, 20)),
            new("impedance at 400 s", "the same", SmallSine.RelativeError(chen, 400)),
            new("impedance at 100 s, marquis2019", "the same", SmallSine.RelativeError(sets.Find("marquis2019"), 100)),
        ];
    }

    /// <summary>Crank, "The Mathematics of Diffusion", 2nd ed., eq. 6.45 at r = R: 3τ + 1/5 − 2 Σ exp(−µ²τ)/µ² with tan µ = µ, in units of N·R/D.</summary>
    public static double Sphere(ParameterSet set, Resolution resolution, double firstS)
    {
        const double endS = 3000;
        double[] timesS = [.. ((double[])[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, endS]).Where(t => t >= firstS)];
        double currentA = -set.CapacityAh, worst = 0;
        var cell = CellFactory.Create(ModelKind.Spm, set, resolution, false);
        var log = new SurfaceLog(cell, timesS);
        new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity, OutputTimesS = timesS, Observer = log }
            .Run(new ExperimentParser(set.CapacityAh).Parse(string.Create(CultureInfo.InvariantCulture, $"Discharge at 1C for {endS} s")));
        foreach (var (electrode, sign, surface) in ((ElectrodeParameters, int, double[])[])[(set.Negative, 1, log.Negative), (set.Positive, -1, log.Positive)])
        {
            double diffusivity = electrode.DiffusivityM2PerS.At(0.5, set.AmbientTemperatureK), timeS = electrode.ParticleRadiusM * electrode.ParticleRadiusM / diffusivity;
            double unit = sign * currentA / (Battery.Units.SecondsPerHour * set.ElectrodeCapacityAh(electrode)) * timeS / 3;
            for (int k = 0; k < timesS.Length; k++)
                worst = Math.Max(worst, Math.Abs((surface[k] - electrode.InitialStoichiometry) / (unit * Series(timesS[k] / timeS)) - 1));
        }

        return worst;
    }

    static double Series(double tau)
    {
        const int terms = 20_000;
        double sum = 3 * tau + 0.2;
        for (int n = 1; n <= terms; n++)
        {
            double root = (n + 0.5) * Math.PI;
            // Newton on sin x − x·cos x, which has no poles; the start is within 1/x of the root.
            for (int i = 0; i < 4; i++) root -= (Math.Sin(root) - root * Math.Cos(root)) / (root * Math.Sin(root));
            double part = 2 * Math.Exp(-root * root * tau) / (root * root);
            sum -= part;
            if (part < 1e-16) break;
        }

        return sum;
    }

    /// <summary>Steady salt at constant properties: ∂c/∂x = −(1 − t₊)·i/(F·D·B) times x/L₋, 1 and (L − x)/L₊ in the three layers, and all salt kept.</summary>
    /// <returns>Largest difference by cell, of the whole polarisation.</returns>
    public static double Polarisation(ParameterSet cellSet)
    {
        double kelvin = cellSet.AmbientTemperatureK, restMolPerM3 = cellSet.Electrolyte.ConcentrationMolPerM3;
        MaterialFunction Constant(MaterialFunction of) => new ConstantFunction(of.At(restMolPerM3, kelvin), new(0, kelvin));
        var set = cellSet with
        {
            Electrolyte = cellSet.Electrolyte with { DiffusivityM2PerS = Constant(cellSet.Electrolyte.DiffusivityM2PerS), ConductivitySPerM = Constant(cellSet.Electrolyte.ConductivitySPerM) },
        };
        var cell = CellFactory.Create(ModelKind.Spme, set, Resolution.Fine, false);
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        runner.Run(new ExperimentParser(set.CapacityAh).Parse("Discharge at C/2 for 1 hour"));
        var mesh = cell.Mesh!;
        double slope = (1 - set.Electrolyte.TransferenceFraction.At(restMolPerM3, kelvin)) * 0.5 * set.CapacityAh / set.ElectrodeAreaM2
            / (Constants.FaradayCPerMol * set.Electrolyte.DiffusivityM2PerS.At(restMolPerM3, kelvin));
        double fallen = 0, salt = 0, held = 0;
        double[] exact = new double[mesh.Count];
        for (int i = 0; i < mesh.Count; i++)
        {
            double width = mesh.WidthM[i], left = Share(mesh.CentreM[i] - width / 2), right = Share(mesh.CentreM[i] + width / 2), perShare = slope * width / mesh.TransportFraction[i];
            // Means over the cell of a profile whose slope runs straight from face to face.
            exact[i] = fallen - perShare * (left / 3 + right / 6);
            fallen -= perShare * (left + right) / 2;
            (salt, held) = (salt + mesh.PorosityFraction[i] * width * exact[i], held + mesh.PorosityFraction[i] * width);
        }

        double level = restMolPerM3 - salt / held, worst = 0;
        var ours = cell.ElectrolyteMolPerM3(runner.State);
        for (int i = 0; i < mesh.Count; i++) worst = Math.Max(worst, Math.Abs(ours[i] - exact[i] - level));
        return worst / -fallen;

        double Share(double x)
        {
            double length = set.Negative.ThicknessM + set.Separator.ThicknessM + set.Positive.ThicknessM;
            return Math.Min(1, Math.Min(x / set.Negative.ThicknessM, (length - x) / set.Positive.ThicknessM));
        }
    }

    sealed class SurfaceLog(ElectrochemicalCell cell, double[] timesS) : IRunObserver
    {
        readonly double[] _rate = new double[cell.Size];

        public double[] Negative { get; } = new double[timesS.Length];

        public double[] Positive { get; } = new double[timesS.Length];

        public void Point(int stepNumber, double timeS, ElectrochemicalCell at, ReadOnlySpan<double> state)
        {
            int k = Array.BinarySearch(timesS, timeS);
            if (k < 0) return;
            at.Evaluate(timeS, state, _rate);
            (Negative[k], Positive[k]) = at.Surface;
        }
    }
}
