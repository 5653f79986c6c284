namespace AiBms.Telemetry.Can;

/// <summary>Where CAN frames come from: a bus, or a log of one.</summary>
public interface ICanSource : IDisposable
{
    /// <summary>Takes the next frame that has data.</summary>
    /// <returns>False where a bus has none now, and at the end of a log.</returns>
    /// <exception cref="DataException">A log cannot be read.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A bus failed.</exception>
    bool TryRead(out CanFrame frame);
}
