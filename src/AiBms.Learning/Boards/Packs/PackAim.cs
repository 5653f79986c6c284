namespace AiBms.Learning.Boards.Packs;

/// <summary>A figure the board is held to, and what became of it.</summary>
/// <param name="Name">What, where.</param>
/// <param name="Wanted">In words.</param>
/// <param name="Measured">In words.</param>
/// <param name="Hit">Whether it is met.</param>
public sealed record PackAim(string Name, string Wanted, string Measured, bool Hit);
