namespace AiBms.Learning.Physics;

/// <summary>What a size costs: so many cells of a pack, or through an electrode.</summary>
sealed record CostPoint(string Series, bool IsMesh, int Size, double TimeMs);
