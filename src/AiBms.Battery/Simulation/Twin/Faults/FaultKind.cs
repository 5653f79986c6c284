namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>A row of the catalogue of faults.</summary>
public sealed record FaultKind
{
    internal FaultKind(string name, string description, FaultPlaceKind place, string sizeUnit, double sizeDefault, double sizeMin, double sizeMax, Action<TwinEffects, FaultPlace, double> apply) =>
        (Name, Description, Place, SizeUnit, Size, Apply) = (name, description, place, sizeUnit, new(sizeDefault, sizeMin, sizeMax), apply);

    /// <summary>The word in <c>--fault</c>.</summary>
    public string Name { get; }

    /// <summary>What happens, in words.</summary>
    public string Description { get; }

    /// <summary>What kind of place it needs.</summary>
    public FaultPlaceKind Place { get; }

    /// <summary>Unit of its size, in words; empty where it has none.</summary>
    public string SizeUnit { get; }

    /// <summary>Size when none is given, and the least and greatest it may have, in that unit.</summary>
    public FaultSize Size { get; }

    /// <summary>What a pack must have for it.</summary>
    public FaultNeed Needs { get; internal init; }

    internal Action<TwinEffects, FaultPlace, double> Apply { get; }
}
