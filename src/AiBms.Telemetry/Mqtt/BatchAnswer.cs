using System.Formats.Cbor;
using AiBms.Telemetry.Frames;

namespace AiBms.Telemetry.Mqtt;

/// <summary>What a server says of a batch that came through a broker, whose own acknowledgement does not mean that anything is stored.</summary>
/// <remarks>CBOR array: version, epoch, last number that is durable, and why the batch was refused (empty where it was not).</remarks>
/// <param name="Epoch">The journal of the batch.</param>
/// <param name="Seq">Every record of that journal up to this number is durable at the server, or known there as missing.</param>
/// <param name="Refusal">Why it was refused; empty where it was stored.</param>
public sealed record BatchAnswer(long Epoch, long Seq, string Refusal)
{
    /// <summary>Largest answer that is read, bytes.</summary>
    public const int MostBytes = 2048;

    const int Version = 1;

    /// <summary>Writes the answer.</summary>
    public byte[] ToBytes()
    {
        var cbor = new CborWriter(CborConformanceMode.Strict);
        cbor.WriteStartArray(4);
        cbor.WriteInt32(Version);
        cbor.WriteInt64(Epoch);
        cbor.WriteInt64(Seq);
        cbor.WriteTextString(Refusal.Length > 400 ? Refusal[..400] : Refusal);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="DataException">It is none.</exception>
    public static BatchAnswer Of(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MostBytes) throw new DataException($"The answer has {bytes.Length} bytes: at most {MostBytes} are read.");
        try
        {
            var cbor = new CborReader(bytes, CborConformanceMode.Strict);
            if (cbor.ReadStartArray() != 4 || cbor.ReadInt32() != Version) throw new DataException($"The answer is not of version {Version}: update this program, or the server.");
            BatchAnswer answer = new(cbor.ReadInt64(), cbor.ReadInt64(), cbor.ReadTextString());
            cbor.ReadEndArray();
            return answer;
        }
        catch (Exception problem) when (problem is CborContentException or InvalidOperationException or OverflowException)
        {
            throw new DataException($"The answer is not the CBOR that the schema describes: {problem.Message}", problem);
        }
    }
}
