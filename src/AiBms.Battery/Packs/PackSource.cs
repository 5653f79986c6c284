namespace AiBms.Battery.Packs;

/// <summary>Where a pack's numbers come from.</summary>
/// <param name="Data">In words, with DOI where there is one.</param>
/// <param name="Checked">What they were checked against.</param>
public sealed record PackSource(string Data, SourceCheck Checked);
