namespace AiBms.Battery.Estimation.Networks;

/// <summary>Whose data a model was made from.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Source">Authors, publisher, DOI.</param>
/// <param name="Licence">Licence of the data.</param>
public sealed record ModelData(string Title, string Source, string Licence);
