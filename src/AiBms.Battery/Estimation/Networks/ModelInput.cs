namespace AiBms.Battery.Estimation.Networks;

/// <summary>One number that goes into a model or comes out of it: scaled = (value − Mean) / Scale.</summary>
public sealed record ModelInput
{
    /// <summary>Name, as the feature bank of the model has it.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of value, mean, scale and range; <c>1</c> for a pure number.</summary>
    public required string Unit { get; init; }

    /// <summary>Subtracted before scaling, of the unit.</summary>
    public double Mean { get; init; }

    /// <summary>Divides after that, of the unit, above 0.</summary>
    public required double Scale { get; init; }

    /// <summary>Lowest value seen in training, of the unit; null for an output.</summary>
    public double? Lowest { get; init; }

    /// <summary>Highest value seen in training, of the unit; null for an output.</summary>
    public double? Highest { get; init; }

    /// <summary>Share of the rows learnt from in which it was not known, 0…1; null for an output, and where a model does not tell.</summary>
    public double? MissingFraction { get; init; }
}
