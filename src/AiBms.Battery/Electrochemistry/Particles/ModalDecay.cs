using System.Numerics;
using System.Runtime.InteropServices;

namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>The functions of λτ for one step length, kept while the length stays the same: e^{−λτ} and the answers to an input that is one and one that is τ.</summary>
sealed class ModalDecay(int count)
{
    /// <summary>λτ under which the closed forms lose digits and their series is exact.</summary>
    const double Small = 5e-3;

    double _tau = double.NaN;

    /// <summary>e^{−λτ}.</summary>
    public double[] Remains { get; } = new double[count];

    /// <summary>(1 − e^{−λτ})/λ.</summary>
    public double[] Once { get; } = new double[count];

    /// <summary>(τ − (1 − e^{−λτ})/λ)/λ.</summary>
    public double[] Twice { get; } = new double[count];

    /// <summary>Other rates hold from here on.</summary>
    public void Forget() => _tau = double.NaN;

    /// <summary>Computes the functions where they are not those of this length.</summary>
    public void Prepare(double tau, double[] rates)
    {
        if (tau == _tau) return;
        _tau = tau;
        var lambda = MemoryMarshal.Cast<double, Vector<double>>(rates);
        Span<Vector<double>> remains = MemoryMarshal.Cast<double, Vector<double>>(Remains.AsSpan()), once = MemoryMarshal.Cast<double, Vector<double>>(Once.AsSpan());
        var twice = MemoryMarshal.Cast<double, Vector<double>>(Twice.AsSpan());
        Vector<double> time = new(tau), one = Vector<double>.One, small = new(Small);
        for (int i = 0; i < lambda.Length; i++)
        {
            var z = lambda[i] * time;
            var left = Vector.Exp(-z);
            var over = one / Vector.Max(z, small);
            Vector<double> first = (one - left) * over, second = (one - first) * over;
            var isSmall = Vector.LessThan(z, small);
            first = Vector.ConditionalSelect(isSmall, one - z * (new Vector<double>(1.0 / 2) - z * (new Vector<double>(1.0 / 6) - z * (new Vector<double>(1.0 / 24) - z * new Vector<double>(1.0 / 120)))), first);
            second = Vector.ConditionalSelect(isSmall, new Vector<double>(0.5) - z * (new Vector<double>(1.0 / 6) - z * (new Vector<double>(1.0 / 24) - z * (new Vector<double>(1.0 / 120) - z * new Vector<double>(1.0 / 720)))), second);
            (remains[i], once[i], twice[i]) = (left, time * first, time * time * second);
        }
    }
}
