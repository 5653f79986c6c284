namespace AiBms.Server.Fleet;

/// <summary>One figure on a screen.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Value with its unit, or "unknown until …".</param>
/// <param name="Note">Band, reason, place.</param>
sealed record FigureText(string Label, string Value, string Note);
