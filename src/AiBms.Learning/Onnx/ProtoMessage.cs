using Google.Protobuf;

namespace AiBms.Learning.Onnx;

/// <summary>One message of the ONNX format, written field by field.</summary>
/// <remarks>Field numbers are those of onnx.proto3, IR version 8 (onnx.ai, Apache-2.0).</remarks>
sealed class ProtoMessage
{
    readonly List<byte> _bytes = [];

    public ProtoMessage Number(int field, long value) => Add(field, WireFormat.WireType.Varint, output => output.WriteInt64(value));

    public ProtoMessage Real(int field, float value) => Add(field, WireFormat.WireType.Fixed32, output => output.WriteFloat(value));

    public ProtoMessage Text(int field, string value) => Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteString(value));

    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        var copy = ByteString.CopyFrom(value);
        return Add(field, WireFormat.WireType.LengthDelimited, output => output.WriteBytes(copy));
    }

    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToArray());

    public byte[] ToArray() => [.. _bytes];

    ProtoMessage Add(int field, WireFormat.WireType type, Action<CodedOutputStream> write)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
        {
            output.WriteTag(field, type);
            write(output);
        }

        _bytes.AddRange(bytes.ToArray());
        return this;
    }
}
