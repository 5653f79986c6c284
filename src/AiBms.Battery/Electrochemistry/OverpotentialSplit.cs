namespace AiBms.Battery.Electrochemistry;

/// <summary>What the voltage between the surfaces' open-circuit potentials is lost to, V, negative where it lowers the terminals' except for the negative reaction.</summary>
/// <remarks>Terminals = mean U₊ − mean U₋ + η₊ − η₋ + concentration + electrolyte + solid + I·R_contact, without films. All are means over an electrode.</remarks>
/// <param name="NegativeReactionV">φₛ − φₑ − U of the negative electrode.</param>
/// <param name="PositiveReactionV">φₛ − φₑ − U of the positive electrode.</param>
/// <param name="ConcentrationV">What the salt's uneven concentration gives.</param>
/// <param name="ElectrolyteV">Ohmic drop in the electrolyte.</param>
/// <param name="SolidV">Ohmic drop in the electrodes' solid.</param>
public readonly record struct OverpotentialSplit(double NegativeReactionV, double PositiveReactionV, double ConcentrationV, double ElectrolyteV, double SolidV);
