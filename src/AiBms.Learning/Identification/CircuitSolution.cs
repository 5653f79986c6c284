using AiBms.Battery.Cells;

namespace AiBms.Learning.Identification;

/// <summary>A fitted circuit: shape, linear parameters, and how well they are determined.</summary>
public sealed class CircuitSolution
{
    internal CircuitSolution(CircuitFitOptions options, CircuitShape shape, OcvCurve ocv, double[] linear, double[] deviation)
    {
        (Options, Shape, BaseOcv, Linear, Deviation) = (options, shape, ocv, linear, deviation);
        Design = new(options, shape, ocv);
    }

    /// <summary>How far below the measured temperatures the tables go, K.</summary>
    const double BeyondK = 10;

    internal CircuitDesign Design { get; }

    internal CircuitFitOptions Options { get; }

    /// <summary>The non-linear numbers.</summary>
    public CircuitShape Shape { get; }

    internal OcvCurve BaseOcv { get; }

    internal double[] Linear { get; }

    /// <summary>One standard deviation of each linear parameter.</summary>
    internal double[] Deviation { get; }

    /// <summary>Simulates a recording open loop and gives measured minus simulated voltage, V, one for each sample.</summary>
    public double[] ResidualV(FitRun run)
    {
        var residual = new double[run.Count];
        Design.Walk(run, 0, (k, row, active, target) =>
        {
            double model = 0;
            foreach (int m in active) model += row[m] * Linear[m];
            residual[k] = target - model;
        });
        return residual;
    }

    /// <summary>
    /// The circuit as tables: every 5 °C and every 5 % of charge. Where several temperatures were measured the tables go on into the
    /// cold by the Arrhenius law for <see cref="BeyondK"/>: held, a resistance would be half the true one 10 K below. Above the warmest
    /// they are held: there they change little, and less than the law says.
    /// </summary>
    public TheveninParameters ToParameters()
    {
        double[] nodes = Options.TemperatureNodesDegC;
        double beyond = nodes[^1] - nodes[0] > 8 ? BeyondK : 0;
        double first = 5 * Math.Floor((nodes[0] - beyond) / 5), last = Math.Max(first + 5, 5 * Math.Ceiling(nodes[^1] / 5));
        double[] temperature = [.. Enumerable.Range(0, (int)Math.Round((last - first) / 5) + 1).Select(k => first + 5 * k)];
        double[] soc = [.. Enumerable.Range(0, 21).Select(k => k / 20.0)];
        int ocvNodes = BaseOcv.VoltageV.Length;
        var ocv = new double[ocvNodes];
        for (int k = 0; k < ocvNodes; k++)
        {
            double z = k / (ocvNodes - 1.0);
            (int s, double w) = CircuitDesign.Hat(Options.OcvSocNodes, z);
            ocv[k] = Math.Round(BaseOcv.VoltageV[k] + Linear[s] * (1 - w) + Linear[s + 1] * w, 5);
        }

        return new()
        {
            OcvV = [.. OcvCurve.Rising(ocv).Select(v => Math.Round(v, 5))],
            EntropicVPerK = Options.FitEntropic ? Coarse(Design.EntropicStart, soc, 8) : null,
            OcvBendVPerK2 = Options.FitOcvBend ? Coarse(Design.BendStart, soc, 10) : null,
            HysteresisV = Options.FitHysteresis ? Coarse(Design.HysteresisStart, soc, 5) : null,
            HysteresisRate = Options.HysteresisRate,
            TemperatureDegC = temperature,
            Soc = soc,
            SeriesResistanceOhm = Table(0, temperature, soc),
            Pairs = [.. Enumerable.Range(0, Shape.TimeConstantsS.Length).Select(j => new RcPair
            {
                TimeConstantS = [.. temperature.Select(t => Math.Round(Shape.TimeConstantAt(j, t), 3))],
                ResistanceOhm = Table(1 + j, temperature, soc),
                KneeCurrentA = j == 0 && Shape.KneeCurrentA > 0 ? [.. temperature.Select(t => Math.Round(Shape.KneeAt(t), 4))] : null,
            })],
        };
    }

    /// <summary>Mean relative deviation of an element's resistance at a temperature node: 0 series, then the pairs.</summary>
    public double RelativeDeviation(int element, int temperatureNode)
    {
        double value = 0, deviation = 0;
        for (int s = 0; s < Design.SocCount; s++)
        {
            int at = Design.ResistanceStart + element * Design.NodeCount + s * Design.TemperatureCount + temperatureNode;
            value += Linear[at];
            deviation += Deviation[at];
        }

        return value > 0 ? deviation / value : double.PositiveInfinity;
    }

    double[][] Table(int element, double[] temperature, double[] soc) =>
        [.. temperature.Select(t => soc.Select(z => Math.Round(ResistanceOhm(element, z, t), 7)).ToArray())];

    double ResistanceOhm(int element, double z, double degC)
    {
        (int s, double ws) = CircuitDesign.Hat(Options.SocNodes, z);
        (int t, double wt) = CircuitDesign.Hat(Options.TemperatureNodesDegC, degC);
        int at = Design.ResistanceStart + element * Design.NodeCount + s * Design.TemperatureCount + t;
        double cold = Linear[at] * (1 - ws) + Linear[at + Design.TemperatureCount] * ws;
        double warm = Linear[at + 1] * (1 - ws) + Linear[at + 1 + Design.TemperatureCount] * ws;
        return Math.Max(0, (cold * (1 - wt) + warm * wt) * Shape.ResistanceFactor(degC));
    }

    double[] Coarse(int start, double[] soc, int digits) => [.. soc.Select(z =>
    {
        double[] nodes = [.. Options.SocNodes.Where((_, k) => k % 2 == 0)];
        (int s, double w) = CircuitDesign.Hat(nodes, z);
        return Math.Round(Linear[start + s] * (1 - w) + Linear[start + s + 1] * w, digits);
    })];
}
