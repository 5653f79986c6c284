namespace AiBms.Numerics.Stiff;

/// <summary>How a step of the integrator ended.</summary>
public enum StepOutcome
{
    /// <summary>The step was accepted.</summary>
    Accepted,

    /// <summary>The step length fell under its minimum: the solution stops being smooth or finite here.</summary>
    StepTooSmall,
}
