namespace AiBms.Telemetry.Can.Dbc;

/// <summary>A message of a bus: its identifier, its length and its signals.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Identifier; with <see cref="CanFrame.ExtendedFlag"/> where it has 29 bits.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Signals">Its signals, in the file's order.</param>
public sealed record DbcMessage(string Name, uint Key, int Length, IReadOnlyList<DbcSignal> Signals)
{
    /// <summary>A signal by its name; null where there is none.</summary>
    public DbcSignal? Find(string name) => Signals.FirstOrDefault(s => s.Name == name);

    /// <summary>True where a frame has a signal: it is long enough, and its multiplexors say so.</summary>
    public bool Has(DbcSignal signal, ReadOnlySpan<byte> data)
    {
        if (data.Length < signal.BytesNeeded) return false;
        return signal.Multiplexor is not { } name || (Find(name) is { } multiplexor && Has(multiplexor, data) && signal.IsIn(multiplexor.Raw(data)));
    }
}
