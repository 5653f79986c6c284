using Google.Protobuf;

namespace AiBms.Learning.Onnx;

/// <summary>One message of the ONNX format, written field by field.</summary>
/// <remarks>Field numbers are those of onnx.proto3, IR version 8 (onnx.ai, Apache-2.0).</remarks>
sealed class ProtoMessage
{
    readonly MemoryStream _bytes = new();
    readonly CodedOutputStream _output;

    public ProtoMessage() => _output = new(_bytes, leaveOpen: true);

    public ProtoMessage Number(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
        return this;
    }

    public ProtoMessage Real(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
        return this;
    }

    public ProtoMessage Text(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(value));
        return this;
    }

    public ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToArray());

    public byte[] ToArray()
    {
        _output.Flush();
        return _bytes.ToArray();
    }
}
