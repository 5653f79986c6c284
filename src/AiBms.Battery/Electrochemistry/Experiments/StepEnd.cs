namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>What ended a step.</summary>
public enum StepEnd
{
    /// <summary>Its time.</summary>
    Time,

    /// <summary>Its voltage.</summary>
    Voltage,

    /// <summary>Its current.</summary>
    Current,

    /// <summary>Its temperature.</summary>
    Temperature,

    /// <summary>Its state of charge.</summary>
    Soc,

    /// <summary>Its plating margin.</summary>
    PlatingMargin,

    /// <summary>The end was met before the step began, so it was passed over.</summary>
    MetAtStart,

    /// <summary>No state answers the load: the cell cannot carry it.</summary>
    Infeasible,

    /// <summary>The solution stopped being smooth or finite, as when a particle or the electrolyte runs empty.</summary>
    SolutionEnds,
}
