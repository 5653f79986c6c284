namespace AiBms.Telemetry.Can;

/// <summary>Where commands go as CAN frames.</summary>
public interface ICanSink
{
    /// <summary>Sends a frame; a bus that takes none now loses it, and the next command comes soon.</summary>
    /// <param name="key">Identifier; with <see cref="CanFrame.ExtendedFlag"/> where it has 29 bits.</param>
    /// <param name="data">0 to 8 bytes.</param>
    void Send(uint key, ReadOnlySpan<byte> data);
}
