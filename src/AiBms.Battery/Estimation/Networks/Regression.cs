using System.Numerics;
using System.Runtime.InteropServices;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>A <see cref="RegressionFile"/> at work. Not for several threads at once: it has buffers of its own and allocates nothing a row.</summary>
public sealed class Regression
{
    readonly RegressionFile _file;
    readonly double[] _scaled;
    readonly float[] _narrow;
    readonly Network? _network;
    readonly Regression[] _parts;

    /// <param name="file">Without a fault; refused with an <see cref="ArgumentException"/> otherwise.</param>
    public Regression(RegressionFile file)
    {
        int inputs = Math.Max(file.Columns.DefaultIfEmpty(-1).Max(), file.BaseInput ?? -1) + 1;
        if (file.Kind != "average" && file.Fault(inputs) is { } fault) throw new ArgumentException(fault, nameof(file));
        _file = file;
        (_scaled, _narrow) = (new double[file.Columns.Length], new float[file.Columns.Length]);
        if (file.Kind == "network") _network = new(file.Layers);
        _parts = [.. file.Parts.Select(part => new Regression(part))];
    }

    /// <summary>The estimate of one row, in the unit of the model's output.</summary>
    /// <param name="rowFeatures">Values of the model's inputs; NaN where one is not known.</param>
    public double Predict(ReadOnlySpan<double> rowFeatures)
    {
        double based = _file.BaseInput is { } k0 ? rowFeatures[k0] : 0;
        if (_parts.Length > 0)
        {
            double sum = 0;
            foreach (var part in _parts) sum += part.Predict(rowFeatures);
            return based + sum / _parts.Length;
        }

        for (int k = 0; k < _scaled.Length; k++)
        {
            double value = (rowFeatures[_file.Columns[k]] - _file.Center[k]) / _file.Scale[k];
            _scaled[k] = !double.IsFinite(value) ? 0 : _file.Farthest > 0 ? Math.Clamp(value, -_file.Farthest, _file.Farthest) : value;
            _narrow[k] = (float)_scaled[k];
        }

        double raw = _file.Intercept + _file.Kind switch { "linear" => Products(), "kernel" => Kernels(), "trees" => _file.OutputScale * Branches(), "network" => _file.OutputScale * Layers(), _ => 0 };
        return based + (_file.IsLogarithmic ? Math.Exp(raw) : raw);
    }

    double Products()
    {
        double sum = 0;
        int next = 0;
        for (; next < _scaled.Length; next++) sum += _file.Weights[next] * _scaled[next];
        int[] squared = _file.Squared;
        for (int i = 0; i < squared.Length; i++)
            for (int j = i; j < squared.Length; j++) sum += _file.Weights[next++] * _scaled[squared[i]] * _scaled[squared[j]];
        return sum;
    }

    double Kernels()
    {
        double sum = 0, count = Math.Max(1, _narrow.Length), narrow = 1 / (2 * _file.Length * _file.Length * count);
        for (int k = 0; k < _file.Rows.Length; k++)
        {
            var (squares, dot) = Compare(_narrow, _file.Rows[k]);
            sum += _file.Weights[k] * (Math.Exp(-squares * narrow) + _file.Linear * dot / count);
        }

        return sum;
    }

    // Squared distance and inner product in one pass.
    static (double Squares, double Dot) Compare(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> squares = default, dots = default;
        int lanes = Vector<float>.Count, whole = a.Length - a.Length % lanes;
        var left = MemoryMarshal.Cast<float, Vector<float>>(a[..whole]);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b[..whole]);
        for (int k = 0; k < left.Length; k++)
        {
            var difference = left[k] - right[k];
            squares += difference * difference;
            dots += left[k] * right[k];
        }

        double square = Vector.Sum(squares), dot = Vector.Sum(dots);
        for (int k = whole; k < a.Length; k++) (square, dot) = (square + (a[k] - b[k]) * (a[k] - b[k]), dot + a[k] * b[k]);
        return (square, dot);
    }

    double Branches()
    {
        double sum = 0;
        foreach (var tree in _file.Trees) sum += tree.At(_narrow);
        return sum;
    }

    double Layers()
    {
        _network!.Start();
        return _network.Step(_narrow)[0];
    }
}
