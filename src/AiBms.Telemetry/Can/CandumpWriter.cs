using System.Globalization;

namespace AiBms.Telemetry.Can;

/// <summary>Writes frames as <c>candump -l</c> does.</summary>
/// <param name="path">The file; written anew.</param>
/// <param name="channel">Name of the bus, as it stands in each line.</param>
/// <param name="timeS">Gives the time of a frame, s.</param>
public sealed class CandumpWriter(string path, string channel, Func<double> timeS) : ICanSink, IDisposable
{
    readonly StreamWriter _lines = new(path);

    /// <inheritdoc/>
    public void Send(uint key, ReadOnlySpan<byte> data)
    {
        uint id = key & ~CanFrame.ExtendedFlag;
        string shown = id.ToString(key == id ? "X3" : "X8", CultureInfo.InvariantCulture);
        _lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"({timeS():F6}) {channel} {shown}#{Convert.ToHexString(data)}"));
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
