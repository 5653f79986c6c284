using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Transport;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>The salt of a cell in modes, seen at its nodes: logarithms for the voltage, and what a varying diffusivity adds to the modes.</summary>
sealed class ModalSalt
{
    /// <summary>The modes' diffusivity lies amid those of the nodes; a drift by this share asks for another.</summary>
    const double MostDrift = 0.1;

    readonly double[] _slope, _diffusivity, _scratch;
    readonly MaterialFunction _function;
    readonly double _restMolPerM3, _negativeExponent, _positiveExponent;
    Look _begin, _end, _inside;

    public ModalSalt(ParameterSet set, CellMesh mesh, double negativeExponent, double positiveExponent)
    {
        (Modes, _function, _restMolPerM3) = (new(set, mesh), set.Electrolyte.DiffusivityM2PerS, set.Electrolyte.ConcentrationMolPerM3);
        (_negativeExponent, _positiveExponent) = (negativeExponent, positiveExponent);
        int nodes = Modes.Nodes;
        (_slope, _diffusivity, _scratch) = (new double[nodes], new double[nodes], new double[nodes]);
        (_begin, _end, _inside) = (new(nodes), new(nodes), new(nodes));
    }

    public SaltModes Modes { get; }

    /// <summary>Diffusivity that the modes decay with, m²/s.</summary>
    public double DiffusivityM2PerS { get; private set; }

    /// <summary>Looks at the end of a step.</summary>
    public Look AtEnd(ReadOnlySpan<double> modes) => Seen(_end, modes);

    /// <summary>Looks inside a step.</summary>
    public Look Inside(ReadOnlySpan<double> modes) => Seen(_inside, modes);

    /// <summary>Half-way through a step so short that beginning and end tell.</summary>
    public Look Middle()
    {
        _inside.Logarithms = 0.5 * (_begin.Logarithms + _end.Logarithms);
        for (int i = 0; i < _inside.Factor.Length; i++) _inside.Factor[i] = 0.5 * (_begin.Factor[i] + _end.Factor[i]);
        return _inside;
    }

    /// <summary>The end of a step, looked at last, becomes the next one's beginning.</summary>
    public void Next() => (_begin, _end) = (_end, _begin);

    /// <summary>Chooses the modes' diffusivity for the beginning of a step; true when it is another than before.</summary>
    public bool Choose(double temperatureK)
    {
        _function.At(_begin.Salt, temperatureK, _diffusivity, _scratch);
        double least = double.PositiveInfinity, most = 0;
        foreach (double value in _diffusivity) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        double middle = 0.5 * (least + most);
        if (Math.Abs(middle - DiffusivityM2PerS) <= MostDrift * DiffusivityM2PerS || !double.IsFinite(middle)) return false;
        DiffusivityM2PerS = middle;
        return true;
    }

    /// <summary>What the diffusivity's variation adds to the rate of every mode at the beginning, after <see cref="Choose"/>.</summary>
    public void BeginForcing(ReadOnlySpan<double> modes, Span<double> forcing) => Force(modes, forcing);

    /// <summary>The same at the end looked at last.</summary>
    public void EndForcing(ReadOnlySpan<double> modes, double temperatureK, Span<double> forcing)
    {
        _function.At(_end.Salt, temperatureK, _diffusivity, _scratch);
        Force(modes, forcing);
    }

    void Force(ReadOnlySpan<double> modes, Span<double> forcing)
    {
        At(modes, Modes.Slope, _slope);
        for (int i = 0; i < _slope.Length; i++) _slope[i] *= _diffusivity[i] - DiffusivityM2PerS;
        for (int k = 0; k < Modes.Count; k++) forcing[k] = Lanes.Dot(_slope, Modes.Flux.AsSpan(k * Modes.Nodes, Modes.Nodes));
    }

    Look Seen(Look look, ReadOnlySpan<double> modes)
    {
        At(modes, Modes.Value, look.Salt);
        int count = Modes.ElectrodeNodes;
        look.Logarithms = Mean(look, Modes.FirstPositive, count, _positiveExponent) - Mean(look, 0, count, _negativeExponent);
        return look;
    }

    double Mean(Look look, int first, int count, double exponent)
    {
        var salt = MemoryMarshal.Cast<double, Vector<double>>(look.Salt.AsSpan(first, count));
        var factor = MemoryMarshal.Cast<double, Vector<double>>(look.Factor.AsSpan(first, count));
        ReadOnlySpan<Vector<double>> weights = MemoryMarshal.Cast<double, Vector<double>>(Modes.ElectrodeWeights);
        Vector<double> sum = Vector<double>.Zero, least = new(CellMesh.LeastMolPerM3), rest = new(_restMolPerM3);
        for (int i = 0; i < salt.Length; i++)
        {
            var c = Vector.Max(salt[i], least);
            var logarithm = Vector.Log(c / rest);
            sum += weights[i] * logarithm;
            factor[i] = exponent == 0.5 ? Vector.SquareRoot(rest / c) : Vector.Exp(new Vector<double>(-exponent) * logarithm);
        }

        return Vector.Sum(sum);
    }

    /// <summary>Values at the nodes; their number fills machine vectors, three of which are summed side by side.</summary>
    void At(ReadOnlySpan<double> modes, double[] table, double[] nodes)
    {
        ReadOnlySpan<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(table);
        var to = MemoryMarshal.Cast<double, Vector<double>>(nodes.AsSpan());
        int stride = to.Length, count = Modes.Count, i = 0;
        for (; i + 2 < stride; i += 3)
        {
            Vector<double> first = Vector<double>.Zero, second = first, third = first;
            for (int k = 0, at = i; k < count; k++, at += stride)
            {
                var amplitude = new Vector<double>(modes[k]);
                first += amplitude * wide[at];
                second += amplitude * wide[at + 1];
                third += amplitude * wide[at + 2];
            }

            (to[i], to[i + 1], to[i + 2]) = (first, second, third);
        }

        for (; i < stride; i++)
        {
            var sum = Vector<double>.Zero;
            for (int k = 0, at = i; k < count; k++, at += stride) sum += new Vector<double>(modes[k]) * wide[at];
            to[i] = sum;
        }
    }

    /// <summary>The salt at the nodes at one moment.</summary>
    public sealed class Look(int nodes)
    {
        /// <summary>Concentration, mol/m³, by node.</summary>
        public double[] Salt { get; } = new double[nodes];

        /// <summary>(c₀/c)^α by node of the electrodes.</summary>
        public double[] Factor { get; } = new double[nodes];

        /// <summary>Mean ln c of the positive electrode less that of the negative.</summary>
        public double Logarithms { get; set; }
    }
}
