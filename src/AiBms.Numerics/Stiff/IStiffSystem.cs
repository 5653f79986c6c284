namespace AiBms.Numerics.Stiff;

/// <summary>A stiff system M·y' = f(t, y) whose M is diagonal with ones and zeros (index-1 DAE), with its own linear solver.</summary>
/// <remarks>
/// The system owns the structure of its Jacobian J = ∂f/∂y, so that a block or bordered solver costs nothing extra here.
/// The order of calls in one step: Evaluate at the step's start, Linearise (same point), Factorise, then Evaluate and Solve once a stage.
/// </remarks>
public interface IStiffSystem
{
    /// <summary>Number of unknowns.</summary>
    int Size { get; }

    /// <summary>The first unknowns are differential (M = 1), the rest algebraic (M = 0).</summary>
    int DifferentialCount { get; }

    /// <summary>f(t, y).</summary>
    void Evaluate(double timeS, ReadOnlySpan<double> state, Span<double> derivatives);

    /// <summary>Takes J at the point of the last <see cref="Evaluate"/> and writes ∂f/∂t there.</summary>
    void Linearise(double timeS, ReadOnlySpan<double> state, Span<double> timeDerivative);

    /// <summary>Factorises A = shiftPerS·M − J. False when A is singular or not finite.</summary>
    bool Factorise(double shiftPerS);

    /// <summary>Solves A·x = b in place, b coming in as residuals.</summary>
    void Solve(Span<double> residuals);

    /// <summary>Size of an error against the tolerance: at most 1 is accepted.</summary>
    double ErrorNorm(ReadOnlySpan<double> errorState, ReadOnlySpan<double> state);
}
