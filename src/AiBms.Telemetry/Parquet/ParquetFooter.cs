using System.Buffers.Binary;

namespace AiBms.Telemetry.Parquet;

/// <summary>Says whether a Parquet file's footer is whole before the reading package is given it: on some damaged ones that never returns.</summary>
/// <remarks>
/// The footer is one structure in Thrift's compact protocol, then its length in four bytes and "PAR1". Only the form is walked here, with
/// every count held against the bytes that are left. Source: Apache Thrift, "Thrift Compact protocol encoding"; Apache Parquet, "Metadata".
/// </remarks>
ref struct ParquetFooter
{
    const int TailBytes = 8, DeepestLevel = 64;

    readonly ReadOnlySpan<byte> _bytes;
    int _at;

    ParquetFooter(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when the footer is there and well formed to its last byte. The position of <paramref name="contents"/> is put back.</summary>
    /// <param name="contents">The file, seekable.</param>
    public static bool IsWhole(Stream contents)
    {
        long before = contents.Position;
        try
        {
            if (contents.Length < TailBytes) return false;
            Span<byte> tail = stackalloc byte[TailBytes];
            contents.Position = contents.Length - TailBytes;
            contents.ReadExactly(tail);
            int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
            if (!tail[4..].SequenceEqual("PAR1"u8) || length <= 0 || length > contents.Length - TailBytes) return false;
            byte[] footer = new byte[length];
            contents.Position = contents.Length - TailBytes - length;
            contents.ReadExactly(footer);
            var walk = new ParquetFooter(footer);
            return walk.Structure(0) && walk._at == length;
        }
        finally
        {
            contents.Position = before;
        }
    }

    bool Structure(int level)
    {
        while (Byte(out int head))
        {
            if (head == 0) return true;
            if (head >> 4 == 0 && !Varint(out _)) return false;
            if (!Value(head & 15, level, isElement: false)) return false;
        }

        return false;
    }

    /// <summary>Steps over one value. A boolean is in its field's head, but a byte of its own in a list.</summary>
    bool Value(int type, int level, bool isElement) => type switch
    {
        _ when level > DeepestLevel => false,
        1 or 2 => !isElement || Skip(1),
        3 => Skip(1),
        4 or 5 or 6 => Varint(out _),
        7 => Skip(8),
        8 => Varint(out long length) && Skip(length),
        9 or 10 => List(level + 1),
        11 => Map(level + 1),
        12 => Structure(level + 1),
        _ => false,
    };

    bool List(int level)
    {
        if (!Byte(out int head)) return false;
        long count = head >> 4;
        if (count == 15 && !Varint(out count)) return false;
        return Elements(count, head & 15, head & 15, level, 1);
    }

    bool Map(int level)
    {
        if (!Varint(out long count)) return false;
        return count == 0 || (Byte(out int types) && Elements(count, types >> 4, types & 15, level, 2));
    }

    bool Elements(long count, int first, int second, int level, int each)
    {
        // Every element takes a byte at least: a count beyond the bytes left cannot be true.
        if (count < 0 || count > _bytes.Length - _at) return false;
        for (long k = 0; k < count; k++)
        {
            if (!Value(first, level, isElement: true)) return false;
            if (each == 2 && !Value(second, level, isElement: true)) return false;
        }

        return true;
    }

    bool Varint(out long value)
    {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (!Byte(out int next)) return false;
            value |= (long)(next & 127) << shift;
            if (next < 128) return true;
        }

        return false;
    }

    bool Byte(out int value)
    {
        bool isThere = _at < _bytes.Length;
        value = isThere ? _bytes[_at++] : 0;
        return isThere;
    }

    bool Skip(long count)
    {
        if (count < 0 || count > _bytes.Length - _at) return false;
        _at += (int)count;
        return true;
    }
}
