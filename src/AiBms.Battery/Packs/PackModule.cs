namespace AiBms.Battery.Packs;

/// <summary>Cells that are built, bought and swapped together.</summary>
/// <param name="Id">Name as it is on the module.</param>
/// <param name="FirstCell">Its first cell in series order, from 0.</param>
/// <param name="CellCount">Its cells in series.</param>
public sealed record PackModule(string Id, int FirstCell, int CellCount);
