using AiBms.Battery.Control;
using AiBms.Telemetry.Frames;

namespace AiBms.Agent.Settings;

/// <summary>Which pack is looked after.</summary>
/// <remarks>What has a default is set, not initialised: the generated reader would put zero over it.</remarks>
public sealed record PackSettings
{
    const string Constant = "constant", MultiStage = "multi-stage";

    /// <summary>Its id in topics and addresses.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people; the id where there is none.</summary>
    public string? Name { get; init; }

    /// <summary>Its layout: the name of one that ships, or a file. Only a recording may go without.</summary>
    public string? Layout { get; init; }

    /// <summary>Its protection file; null: the one that ships with the layout.</summary>
    public string? Protection { get; init; }

    /// <summary>Place, degrees north; NaN where not known.</summary>
    public double LatitudeDeg { get; set; } = double.NaN;

    /// <summary>Place, degrees east; NaN where not known.</summary>
    public double LongitudeDeg { get; set; } = double.NaN;

    /// <summary>How a charge goes on: constant or multi-stage.</summary>
    public string Charging { get; set; } = "constant";

    /// <summary>The same for the chain.</summary>
    public ChargeOptions ToCharge() => ChargeOptions.Of(Charging == MultiStage ? ChargeCourse.MultiStage : ChargeCourse.Constant);

    internal void Check(SettingCheck check, SourceKind source)
    {
        if (!PackIds.IsValid(Id)) throw check.Wrong("pack.id", $"is '{Id}'", PackIds.Rule.TrimEnd('.'));
        if (Layout is null && source != SourceKind.Recording) throw check.Wrong("pack.layout", "is missing", "name one that ships, or a file");
        if (Protection is not null) check.File("pack.protection", Protection);
        if (Charging is not (Constant or MultiStage)) throw check.Wrong("pack.charging", $"is '{Charging}'", $"write {Constant} or {MultiStage}");
        if (!double.IsNaN(LatitudeDeg)) check.Range("pack.latitudeDeg", LatitudeDeg, -90, 90);
        if (!double.IsNaN(LongitudeDeg)) check.Range("pack.longitudeDeg", LongitudeDeg, -180, 180);
    }
}
