namespace AiBms.Telemetry.Frames;

/// <summary>One record of a pack's journal. Numbers have no gap: the next record begins after <paramref name="SeqEnd"/>.</summary>
/// <param name="Seq">Number of the record, from 1.</param>
/// <param name="SeqEnd">Its last number: the same but for a gap, which stands for all records to here.</param>
/// <param name="Kind">What the body is.</param>
/// <param name="TimeMs">When, ms since 1970 in UTC.</param>
/// <param name="Body">CBOR of the kind.</param>
public sealed record Record(long Seq, long SeqEnd, RecordKind Kind, long TimeMs, byte[] Body)
{
    PackFrame? _frame;

    /// <summary>CBOR of the kind.</summary>
    public byte[] Body
    {
        get;
        init => (field, _frame) = (value, null);
    } = Body;

    /// <summary>The body of a frame. Read once, however many look at it: it is not to be changed.</summary>
    /// <exception cref="DataException">The body is none.</exception>
    public PackFrame Frame() => _frame ??= PackFrame.Of(Body);

    /// <summary>CRC-32C over number, kind, time and body: tells whether a stored record is still what was written.</summary>
    public uint Checksum() => Checksums.Of(Seq, SeqEnd, (long)Kind, TimeMs, Body);

    /// <summary>The same record; whether its frame was read does not count.</summary>
    public bool Equals(Record? other) => other is not null && (Seq, SeqEnd, Kind, TimeMs) == (other.Seq, other.SeqEnd, other.Kind, other.TimeMs) && ReferenceEquals(Body, other.Body);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seq, SeqEnd, Kind, TimeMs);
}
