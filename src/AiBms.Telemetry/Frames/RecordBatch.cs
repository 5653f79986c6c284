using System.Formats.Cbor;

namespace AiBms.Telemetry.Frames;

/// <summary>Records of one pack in the order of their numbers: what one message carries.</summary>
/// <remarks>
/// CBOR array: version, pack, epoch, CRC-32C of epoch, pack and the records, and a byte string with a CBOR array that has, for each record, number, last
/// number less number, kind, time less that of the record before (the first: whole), and body.
/// </remarks>
/// <param name="PackId">The pack.</param>
/// <param name="Epoch">Which journal: another one counts its records from 1 again.</param>
/// <param name="Records">In order, without gap.</param>
public sealed record RecordBatch(string PackId, long Epoch, IReadOnlyList<Record> Records)
{
    /// <summary>The version that is written. That before it, whose checksum is of the records alone, is read too.</summary>
    public const int Version = 3;

    const int RecordsOnly = 2;

    /// <summary>Most records that a batch may have, and most bytes.</summary>
    public const int MostRecords = 5000, MostBytes = 1 << 20;

    /// <summary>Writes the batch.</summary>
    public byte[] ToBytes()
    {
        var inner = new CborWriter(CborConformanceMode.Strict);
        inner.WriteStartArray(Records.Count * 5);
        long beforeMs = 0;
        foreach (var record in Records)
        {
            inner.WriteInt64(record.Seq);
            inner.WriteInt64(record.SeqEnd - record.Seq);
            inner.WriteInt32((int)record.Kind);
            inner.WriteInt64(record.TimeMs - beforeMs);
            inner.WriteByteString(record.Body);
            beforeMs = record.TimeMs;
        }

        inner.WriteEndArray();
        byte[] records = inner.Encode();
        var outer = new CborWriter(CborConformanceMode.Strict);
        outer.WriteStartArray(5);
        outer.WriteInt32(Version);
        outer.WriteTextString(PackId);
        outer.WriteInt64(Epoch);
        outer.WriteUInt32(Checksum(Version, PackId, Epoch, records));
        outer.WriteByteString(records);
        outer.WriteEndArray();
        return outer.Encode();
    }

    /// <summary>Reads a batch and checks it.</summary>
    /// <exception cref="DataException">It is not one; the sentence says what is wrong.</exception>
    public static RecordBatch Of(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MostBytes) throw new DataException($"The batch has {bytes.Length} bytes: at most {MostBytes} are taken, send fewer records at once.");
        try
        {
            var outer = new CborReader(bytes, CborConformanceMode.Strict);
            if (outer.ReadStartArray() != 5) throw new DataException("The batch is not an array of version, pack, epoch, checksum and records: see the schema.");
            int version = outer.ReadInt32();
            if (version is not (Version or RecordsOnly)) throw new DataException($"The batch is of version {version}: this program reads versions {RecordsOnly} and {Version}; update it, or the sender.");
            string pack = outer.ReadTextString();
            if (!PackIds.IsValid(pack)) throw new DataException($"The batch names the pack '{pack}': {PackIds.Rule}");
            long epoch = outer.ReadInt64();
            uint checksum = outer.ReadUInt32();
            byte[] records = outer.ReadByteString();
            outer.ReadEndArray();
            if (outer.BytesRemaining > 0) throw new DataException($"The batch has {outer.BytesRemaining} bytes after its end: send one batch a message.");
            if (Checksum(version, pack, epoch, records) != checksum) throw new DataException($"The batch of pack {pack} does not have the checksum that it says: it was changed on its way, send it again.");
            return new(pack, epoch, Inner(records, pack));
        }
        catch (Exception problem) when (problem is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new DataException($"The batch is not the CBOR that the schema describes: {problem.Message}", problem);
        }
    }

    static uint Checksum(int version, string pack, long epoch, byte[] records) =>
        version == RecordsOnly ? Checksums.Of(records) : Checksums.Of(epoch, System.Text.Encoding.UTF8.GetBytes(pack), records);

    static List<Record> Inner(byte[] bytes, string pack)
    {
        var cbor = new CborReader(bytes, CborConformanceMode.Strict);
        int count = cbor.ReadStartArray() ?? -1;
        if (count <= 0 || count % 5 != 0 || count / 5 > MostRecords) throw new DataException($"The batch of pack {pack} has {count} items: send five for each of 1 to {MostRecords} records.");
        List<Record> records = new(count / 5);
        long timeMs = 0, next = 0;
        for (int n = 0; n < count / 5; n++)
        {
            long seq = cbor.ReadInt64(), length = cbor.ReadInt64();
            int kind = cbor.ReadInt32();
            timeMs = checked(timeMs + cbor.ReadInt64());
            byte[] body = cbor.ReadByteString();
            if (!Enum.IsDefined((RecordKind)kind) || kind > byte.MaxValue) throw new DataException($"Record {seq} of pack {pack} is of kind {kind}, which this program does not know: update it.");
            if (seq < 1 || length < 0 || (n > 0 && seq != next)) throw new DataException($"Record {seq} of pack {pack} stands where {next} belongs: send the records in order, without gap.");
            if (length > 0 && (RecordKind)kind != RecordKind.Gap) throw new DataException($"Record {seq} of pack {pack} stands for several but is no gap: send one record a number.");
            next = checked(seq + length + 1);
            records.Add(new(seq, seq + length, (RecordKind)kind, timeMs, body));
        }

        cbor.ReadEndArray();
        return cbor.BytesRemaining == 0 ? records : throw new DataException($"The batch of pack {pack} has {cbor.BytesRemaining} bytes after its records: write nothing there.");
    }
}
