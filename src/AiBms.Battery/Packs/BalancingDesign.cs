namespace AiBms.Battery.Packs;

/// <summary>Balancing resistors, one a series cell, and the board they heat.</summary>
/// <param name="ResistorOhm">One resistor, Ω.</param>
/// <param name="BoardKPerW">Rise of the board over the surroundings per watt of all resistors, K/W.</param>
/// <param name="BoardTimeConstantS">Time constant of that rise, s.</param>
/// <param name="MaxBoardDegC">Highest temperature of the board, °C.</param>
public sealed record BalancingDesign(double ResistorOhm, double BoardKPerW, double BoardTimeConstantS, double MaxBoardDegC);
