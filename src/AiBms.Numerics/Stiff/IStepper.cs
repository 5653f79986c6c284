namespace AiBms.Numerics.Stiff;

/// <summary>Advances a system step by step, with dense output inside the last step.</summary>
public interface IStepper
{
    /// <summary>Time of <see cref="State"/>.</summary>
    double Time { get; }

    /// <summary>Where the last accepted step began.</summary>
    double StepStart { get; }

    /// <summary>Length proposed for the next step.</summary>
    double NextStep { get; }

    /// <summary>The solution at <see cref="Time"/>.</summary>
    ReadOnlySpan<double> State { get; }

    /// <summary>Steps accepted since construction.</summary>
    long Accepted { get; }

    /// <summary>Steps rejected since construction.</summary>
    long Rejected { get; }

    /// <summary>Begins at a time with a state that meets the algebraic equations.</summary>
    void Start(double time, ReadOnlySpan<double> state, double firstStep);

    /// <summary>Takes one accepted step that does not pass <paramref name="limit"/>; ends on it exactly when it is near.</summary>
    StepOutcome Step(double limit);

    /// <summary>Repeats the last step with a shorter length, so that it ends at a located event.</summary>
    /// <returns>False when the shortened step is not finite; the solution then stands at the step's start.</returns>
    bool Redo(double end);

    /// <summary>The solution inside the last step, by the method's own dense output.</summary>
    void Interpolate(double time, Span<double> state);

    /// <summary>One component of the solution inside the last step.</summary>
    double Interpolate(double time, int component);
}
