namespace AiBms.Telemetry.Can;

/// <summary>A frame of a CAN bus.</summary>
/// <param name="TimeS">When, s, from any start.</param>
/// <param name="Id">Identifier, 11 or 29 bits.</param>
/// <param name="IsExtended">True for 29 bits.</param>
/// <param name="Data">0 to 64 bytes; what a reader gave is valid until its next frame.</param>
public readonly record struct CanFrame(double TimeS, uint Id, bool IsExtended, ReadOnlyMemory<byte> Data)
{
    /// <summary>Set in a number that stands for an identifier of 29 bits, as DBC files and Linux have it.</summary>
    public const uint ExtendedFlag = 0x8000_0000;

    /// <summary>Identifier and its kind in one number.</summary>
    public uint Key => IsExtended ? Id | ExtendedFlag : Id;
}
