using System.Formats.Cbor;

namespace AiBms.Telemetry.Frames;

/// <summary>Writes fields as a CBOR map with small whole numbers for keys (RFC 8949).</summary>
sealed class FieldWriter : FieldCoder
{
    /// <remarks>Lax: the strict writer keeps a map's keys in a set whose seed is OpenSSL's, which a gateway need not have. Keys are constants, and the reader refuses one that comes twice.</remarks>
    readonly CborWriter _cbor = new(CborConformanceMode.Lax);

    FieldWriter() => _cbor.WriteStartMap(null);

    public static byte[] Write(Action<FieldCoder> walk)
    {
        var writer = new FieldWriter();
        walk(writer);
        writer._cbor.WriteEndMap();
        return writer._cbor.Encode();
    }

    public override long? Whole(int key, long? value)
    {
        if (value is not { } known) return value;
        _cbor.WriteInt32(key);
        _cbor.WriteInt64(known);
        return value;
    }

    public override string Text(int key, string value)
    {
        if (value.Length == 0) return value;
        _cbor.WriteInt32(key);
        _cbor.WriteTextString(value);
        return value;
    }

    public override double Number(int key, double number, double scale)
    {
        double steps = Math.Round(number / scale);
        if (Math.Abs(steps) < 1e15) Whole(key, (long)steps);
        return number;
    }

    public override double[] Series(int key, double[] values, double scale)
    {
        if (values.Length > 0) Bytes(key, DeltaCode.Write(values, scale));
        return values;
    }

    public override byte[] Bytes(int key, byte[] value)
    {
        if (value.Length == 0) return value;
        _cbor.WriteInt32(key);
        _cbor.WriteByteString(value);
        return value;
    }

    public override double[] Tuple(int key, double[] values)
    {
        if (values.Length == 0) return values;
        _cbor.WriteInt32(key);
        _cbor.WriteStartArray(values.Length);
        foreach (double value in values) Short(value);
        _cbor.WriteEndArray();
        return values;
    }

    public override double[] Steps(int key, int before, double[] values, ReadOnlySpan<double> scaleValues)
    {
        if (values.Length == 0) return values;
        _cbor.WriteInt32(key);
        _cbor.WriteStartArray(values.Length);
        for (int k = 0; k < values.Length; k++)
        {
            double steps = Math.Round(values[k] / scaleValues[k]);
            if (Math.Abs(steps) < 1e15) _cbor.WriteInt64((long)steps);
            else _cbor.WriteNull();
        }

        _cbor.WriteEndArray();
        return values;
    }

    public override IReadOnlyList<string> Texts(int key, IReadOnlyList<string> value)
    {
        if (value.Count == 0) return value;
        _cbor.WriteInt32(key);
        _cbor.WriteStartArray(value.Count);
        foreach (string text in value) _cbor.WriteTextString(text);
        _cbor.WriteEndArray();
        return value;
    }

    /// <summary>The shortest form that keeps single precision: a whole number, a half where that is exact, else a single; null where not known.</summary>
    void Short(double value)
    {
        if (!double.IsFinite(value)) _cbor.WriteNull();
        else if (Math.Round(value) == value && Math.Abs(value) < 1e15) _cbor.WriteInt64((long)value);
        else if ((double)(Half)value is var half && Math.Abs(half - value) <= 1e-6 * Math.Abs(value)) _cbor.WriteHalf((Half)value);
        else _cbor.WriteSingle((float)value);
    }
}
