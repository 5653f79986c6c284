using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AiBms.Telemetry.Mat;

/// <summary>Reads the arrays of a MATLAB file of level 5 (save -v6 and -v7): real numbers and scalar structs of them.</summary>
/// <remarks>
/// Source: The MathWorks, "MAT-File Format" (R2024a), chapter 1, "Level 5 MAT-File Format". Complex parts, sparse arrays, cells,
/// objects and struct arrays are passed over: recordings are kept in none of them by the data sets known to us.
/// </remarks>
sealed class MatReader
{
    const int HeaderBytes = 128, Deepest = 32;
    const int MiInt8 = 1, MiUInt8 = 2, MiInt16 = 3, MiUInt16 = 4, MiInt32 = 5, MiUInt32 = 6, MiSingle = 7, MiDouble = 9, MiInt64 = 12, MiUInt64 = 13, MiMatrix = 14, MiCompressed = 15, MiUtf8 = 16;
    const int ClassStruct = 2, ClassFirstNumber = 6, ClassLastNumber = 15;

    /// <summary>A file that grows beyond this in memory is taken for a bomb.</summary>
    const long LargestArrayBytes = 1L << 31;

    readonly ReadOnlyMemory<byte> _file;

    MatReader(ReadOnlyMemory<byte> file) => _file = file;

    /// <summary>The top-level arrays in file order.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">The file is not of level 5, or is damaged.</exception>
    public static IReadOnlyList<MatArray> Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < HeaderBytes)
            throw new InvalidDataException("the header is cut short");
        ReadOnlySpan<byte> order = file.Span.Slice(126, 2);
        if (!order.SequenceEqual("IM"u8))
            throw new InvalidDataException(order.SequenceEqual("MI"u8) ? "it was written on a big-endian machine; save it again on another" : "the byte order mark is missing");
        return new MatReader(file).ReadAll();
    }

    List<MatArray> ReadAll()
    {
        List<MatArray> arrays = [];
        int at = HeaderBytes;
        while (at < _file.Length)
        {
            MatElement element = Element(_file, at, isTop: true);
            at = element.Next;
            ReadOnlyMemory<byte> data = element.Data;
            if (element.Type == MiCompressed)
            {
                data = Inflate(data);
                element = Element(data, 0, isTop: true);
                data = element.Data;
            }

            if (element.Type == MiMatrix && Matrix(data, null, 0) is { } array)
                arrays.Add(array);
        }

        return arrays;
    }

    static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = zlib.Read(buffer)) > 0)
        {
            whole.Write(buffer, 0, read);
            if (whole.Length > LargestArrayBytes)
                throw new InvalidDataException("an array is larger than 2 GB");
        }

        return whole.ToArray();
    }

    /// <summary>Reads a tag and finds its data. Small elements keep up to 4 bytes inside the tag.</summary>
    static MatElement Element(ReadOnlyMemory<byte> bytes, int at, bool isTop = false)
    {
        if (at < 0 || bytes.Length - at < 8)
            throw new InvalidDataException("an element's tag is cut short");
        ReadOnlySpan<byte> tag = bytes.Span[at..];
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(tag);
        if (type >> 16 != 0)
        {
            int small = (int)(type >> 16);
            return small <= 4 ? new((int)(type & 0xFFFF), bytes.Slice(at + 4, small), at + 8) : throw new InvalidDataException("a small element is too long");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]);
        if (length > bytes.Length - at - 8)
            throw new InvalidDataException("an element is cut short");
        // Compressed elements are not padded; everything else ends on a multiple of 8.
        long next = at + 8L + (isTop && type == MiCompressed ? length : (length + 7L) / 8 * 8);
        return new((int)type, bytes.Slice(at + 8, (int)length), (int)Math.Min(next, bytes.Length));
    }

    static MatArray? Matrix(ReadOnlyMemory<byte> data, string? givenName, int depth)
    {
        if (depth > Deepest)
            throw new InvalidDataException("structs are nested too deeply");
        if (data.Length == 0)
            return null;
        MatElement flags = Element(data, 0);
        if (flags.Data.Length < 8)
            throw new InvalidDataException("the flags of an array are cut short");
        int kind = flags.Data.Span[0];
        MatElement shape = Element(data, flags.Next), title = Element(data, shape.Next);
        (int rows, int columns) = Shape(shape);
        string name = givenName ?? Encoding.UTF8.GetString(title.Data.Span);
        if (kind == ClassStruct && rows == 1 && columns == 1)
            return new(name, rows, columns, [], StructFields(data, title.Next, name, depth));
        if (kind is < ClassFirstNumber or > ClassLastNumber)
            return new(name, rows, columns, [], []);
        return new(name, rows, columns, Numbers(Element(data, title.Next)), []);
    }

    static (int Rows, int Columns) Shape(MatElement shape)
    {
        ReadOnlySpan<byte> sizes = shape.Data.Span;
        if (shape.Type != MiInt32 || sizes.Length < 8)
            throw new InvalidDataException("an array has no dimensions");
        int rows = BinaryPrimitives.ReadInt32LittleEndian(sizes);
        long others = 1;
        for (int i = 4; i + 4 <= sizes.Length; i += 4)
            others = Math.Clamp(others * BinaryPrimitives.ReadInt32LittleEndian(sizes[i..]), -1, int.MaxValue);
        return rows >= 0 && others >= 0 ? (rows, (int)others) : throw new InvalidDataException("an array has negative dimensions");
    }

    static List<MatArray> StructFields(ReadOnlyMemory<byte> data, int at, string name, int depth)
    {
        MatElement width = Element(data, at), names = Element(data, width.Next);
        int length = width.Data.Length >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(width.Data.Span) : 0;
        if (length <= 0)
            throw new InvalidDataException("a struct has no field names");
        List<MatArray> fields = [];
        at = names.Next;
        for (int i = 0; i + length <= names.Data.Length; i += length)
        {
            ReadOnlySpan<byte> text = names.Data.Span.Slice(i, length);
            int end = text.IndexOf((byte)0);
            MatElement field = Element(data, at);
            at = field.Next;
            string fieldName = $"{name}.{Encoding.UTF8.GetString(end < 0 ? text : text[..end])}";
            if (field.Type == MiMatrix && Matrix(field.Data, fieldName, depth + 1) is { } array)
                fields.Add(array);
        }

        return fields;
    }

    /// <summary>Numbers are kept in the smallest type that holds them, whatever the class of the array.</summary>
    static double[] Numbers(MatElement element)
    {
        ReadOnlySpan<byte> bytes = element.Data.Span;
        int size = element.Type switch
        {
            MiInt8 or MiUInt8 or MiUtf8 => 1,
            MiInt16 or MiUInt16 => 2,
            MiInt32 or MiUInt32 or MiSingle => 4,
            MiDouble or MiInt64 or MiUInt64 => 8,
            _ => throw new InvalidDataException("an array holds a type that is no number"),
        };
        double[] numbers = new double[bytes.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.Slice(i * size, size);
            numbers[i] = element.Type switch
            {
                MiInt8 => (sbyte)at[0],
                MiUInt8 or MiUtf8 => at[0],
                MiInt16 => BinaryPrimitives.ReadInt16LittleEndian(at),
                MiUInt16 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                MiInt32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                MiUInt32 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                MiSingle => BinaryPrimitives.ReadSingleLittleEndian(at),
                MiInt64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                MiUInt64 => BinaryPrimitives.ReadUInt64LittleEndian(at),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(at),
            };
        }

        return numbers;
    }
}
