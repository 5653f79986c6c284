using System.Formats.Cbor;
using System.Text;

namespace AiBms.Telemetry.Frames;

/// <summary>Reads fields out of a CBOR map with small whole numbers for keys; what is not well-formed is refused with a sentence.</summary>
sealed class FieldReader : FieldCoder
{
    /// <summary>Stands for what no field of today is: complained of only where somebody asks for it.</summary>
    static readonly object s_other = new();

    static readonly UTF8Encoding s_text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Dictionary<int, object> _fields = [];
    readonly string _what;

    FieldReader(ReadOnlyMemory<byte> bytes, string what)
    {
        _what = what;
        // Lax, and keys and texts looked at here: the strict reader keeps keys in a set whose seed is OpenSSL's, which a gateway need not have.
        var cbor = new CborReader(bytes, CborConformanceMode.Lax);
        HashSet<int> keys = [];
        cbor.ReadStartMap();
        while (cbor.PeekState() != CborReaderState.EndMap)
        {
            int key = cbor.ReadInt32();
            if (!keys.Add(key)) throw new DataException($"{what} has field {key} twice: send it once.");
            if (Value(cbor) is { } value) _fields[key] = value;
        }

        cbor.ReadEndMap();
        if (cbor.BytesRemaining > 0) throw new DataException($"{what} has {cbor.BytesRemaining} bytes after its end: send one map.");
    }

    public static void Read(ReadOnlyMemory<byte> bytes, string what, Action<FieldCoder> walk)
    {
        try
        {
            walk(new FieldReader(bytes, what));
        }
        catch (Exception problem) when (problem is CborContentException or InvalidOperationException or OverflowException or DecoderFallbackException)
        {
            throw new DataException($"{what} is not a CBOR map of numbered fields: {problem.Message}", problem);
        }
    }

    public override long? Whole(int key, long? value) => Find<long>(key, "a whole number") is { IsFound: true } found ? found.Value : null;

    public override string Text(int key, string value) => Find<string>(key, "a text") is { IsFound: true } found ? found.Value! : "";

    public override double Number(int key, double number, double scale) => Whole(key, null) is { } steps ? steps * scale : double.NaN;

    public override double[] Series(int key, double[] values, double scale) => Bytes(key, []) is { Length: > 0 } bytes ? DeltaCode.Read(bytes, scale) : [];

    public override byte[] Bytes(int key, byte[] value) => Find<byte[]>(key, "a byte string") is { IsFound: true } found ? found.Value! : [];

    public override double[] Tuple(int key, double[] values) => Find<object[]>(key, "a list") is { IsFound: true } found ? [.. found.Value!.Select(v => Finite(key, v))] : [];

    public override double[] Steps(int key, int before, double[] values, ReadOnlySpan<double> scaleValues)
    {
        if (!_fields.ContainsKey(key)) return Tuple(before, values);
        double[] steps = Tuple(key, values);
        if (steps.Length > scaleValues.Length) throw Wrong(key, $"a list of at most {scaleValues.Length} numbers");
        for (int k = 0; k < steps.Length; k++) steps[k] *= scaleValues[k];
        return steps;
    }

    public override IReadOnlyList<string> Texts(int key, IReadOnlyList<string> value) =>
        Find<object[]>(key, "a list") is { IsFound: true } found ? [.. found.Value!.Select(v => v as string ?? throw Wrong(key, "a list of texts"))] : [];

    double Finite(int key, object value) => value switch
    {
        long whole => whole,
        double number => number,
        DBNull => double.NaN,
        _ => throw Wrong(key, "a list of numbers"),
    };

    (bool IsFound, T? Value) Find<T>(int key, string kind)
    {
        if (!_fields.TryGetValue(key, out object? found)) return (false, default);
        return found is T value ? (true, value) : throw Wrong(key, kind);
    }

    DataException Wrong(int key, string kind) => new($"Field {key} of {_what} is not {kind}: see the schema of its version.");

    /// <summary>One of a list; a list in a list is passed over.</summary>
    object Item(CborReader cbor)
    {
        if (cbor.PeekState() != CborReaderState.StartArray) return Value(cbor) ?? DBNull.Value;
        PassOver(cbor);
        return s_other;
    }

    /// <summary>A value of the kinds that records use; null for null and for kinds that are skipped.</summary>
    object? Value(CborReader cbor)
    {
        switch (cbor.PeekState())
        {
            case CborReaderState.UnsignedInteger: return cbor.ReadUInt64() is var number && number <= long.MaxValue ? (long)number : s_other;
            case CborReaderState.NegativeInteger: return cbor.ReadCborNegativeIntegerRepresentation() is var less && less <= long.MaxValue ? -1 - (long)less : s_other;
            case CborReaderState.TextString: return Short(s_text.GetString(cbor.ReadDefiniteLengthTextStringBytes().Span));
            case CborReaderState.ByteString: return cbor.ReadByteString();
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat: return cbor.ReadDouble();
            case CborReaderState.StartArray:
                List<object> items = [];
                cbor.ReadStartArray();
                while (cbor.PeekState() != CborReaderState.EndArray)
                {
                    items.Add(Item(cbor));
                    if (items.Count > LongestCount) throw new DataException($"{_what} has a list of more than {LongestCount} items: send fewer.");
                }

                cbor.ReadEndArray();
                return items.ToArray();
            default:
                PassOver(cbor);
                return null;
        }
    }

    /// <summary>Passes over one value of any kind, all that is in it looked at: the lax reader takes simple values in two bytes that RFC 8949, 3.3, forbids, and texts that are no UTF-8.</summary>
    static void PassOver(CborReader cbor)
    {
        int depth = 0;
        bool goesOn;
        do
        {
            goesOn = false;
            switch (cbor.PeekState())
            {
                case CborReaderState.StartArray: cbor.ReadStartArray(); depth++; break;
                case CborReaderState.EndArray: cbor.ReadEndArray(); depth--; break;
                case CborReaderState.StartMap: cbor.ReadStartMap(); depth++; break;
                case CborReaderState.EndMap: cbor.ReadEndMap(); depth--; break;
                // A tag and what it marks are one.
                case CborReaderState.Tag: cbor.ReadTag(); goesOn = true; break;
                case CborReaderState.TextString: s_text.GetCharCount(cbor.ReadDefiniteLengthTextStringBytes().Span); break;
                case CborReaderState.SimpleValue:
                    int before = cbor.BytesRemaining;
                    if ((int)cbor.ReadSimpleValue() < 32 && before - cbor.BytesRemaining > 1) throw new CborContentException("A simple value below 32 is told in two bytes.");
                    break;
                default: cbor.SkipValue(); break;
            }
        }
        while (depth > 0 || goesOn);
    }

    string Short(string text) => text.Length <= LongestCount ? text : throw new DataException($"{_what} has a text of {text.Length} characters: at most {LongestCount} are taken.");
}
