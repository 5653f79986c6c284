using System.Buffers.Binary;
using System.IO.Compression;

namespace AiBms.Telemetry.Can;

/// <summary>Reads CAN and CAN FD messages out of a Vector BLF file; objects of other kinds are passed over.</summary>
/// <remarks>
/// A header "LOGG", then objects "LOBJ": 16 bytes of signature, header size, header version, object size and kind. Containers hold further
/// objects, mostly deflated; an object may begin in one and end in the next. Source: the readers of python-can and vector_blf.
/// </remarks>
public sealed class BlfReader : ICanSource
{
    const int BaseSize = 16, ContainerSize = 16, MessageSize = 16, LargestObject = 64 << 20, FirstRoom = 128 << 10;
    const uint CanMessage = 1, LogContainer = 10, CanMessage2 = 86, CanFdMessage = 100, CanFdMessage64 = 101;

    readonly Stream _file;
    readonly string _name;
    byte[] _objects = [];
    int _at;

    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is no BLF file.</exception>
    public BlfReader(string path) : this(File.OpenRead(path), Path.GetFileName(path))
    {
    }

    internal BlfReader(Stream file, string name)
    {
        (_file, _name) = (file, name);
        Span<byte> head = stackalloc byte[8];
        if (_file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.StartsWith("LOGG"u8)) throw Wrong("does not begin with LOGG");
        long size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (size < head.Length || size > _file.Length) throw Wrong($"says that its header has {size} bytes");
        _file.Position = size;
    }

    /// <inheritdoc/>
    public bool TryRead(out CanFrame frame)
    {
        while (true)
        {
            if (Next() is { } found)
            {
                if (Message(found, out frame)) return true;
                continue;
            }

            if (Container()) continue;
            frame = default;
            return false;
        }
    }

    /// <summary>The next whole object of what was unpacked; null where there is none.</summary>
    ReadOnlyMemory<byte>? Next()
    {
        // Objects are filled up to four bytes; the next signature tells where one begins.
        int skip = _objects.AsSpan(_at).IndexOf("LOBJ"u8);
        if (skip < 0) return null;
        if (skip > 3 && _at > 0) throw Wrong("has bytes between its objects that belong to none");
        if (_objects.Length - _at - skip < BaseSize) return null;
        long size = BinaryPrimitives.ReadUInt32LittleEndian(_objects.AsSpan(_at + skip + 8));
        if (size is < BaseSize or > LargestObject) throw Wrong($"has an object of {size} bytes");
        if (_objects.Length - _at - skip < size) return null;
        var found = _objects.AsMemory(_at + skip, (int)size);
        _at += skip + (int)size;
        return found;
    }

    /// <summary>Unpacks the next container behind what is left of the one before.</summary>
    bool Container()
    {
        Span<byte> head = stackalloc byte[BaseSize];
        while (true)
        {
            if (_file.ReadAtLeast(head, BaseSize, throwOnEndOfStream: false) < BaseSize) return false;
            if (!head.StartsWith("LOBJ"u8)) throw Wrong($"has no object at byte {_file.Position - BaseSize}");
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
            if (size is < BaseSize or > LargestObject) throw Wrong($"has an object of {size} bytes");
            // A log that was cut off: what is whole was read. Looked at before room is made for what is only announced.
            if (_file.Length - _file.Position < size - BaseSize) return false;
            byte[] body = new byte[size - BaseSize];
            if (_file.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length) return false;
            _file.Position += size % 4;
            if (BinaryPrimitives.ReadUInt32LittleEndian(head[12..]) != LogContainer) continue;
            if (body.Length < ContainerSize) throw Wrong("has a container without a header");
            byte[] unpacked = Unpack(body);
            _objects = [.. _objects.AsSpan(_at), .. unpacked];
            _at = 0;
            return true;
        }
    }

    byte[] Unpack(byte[] body)
    {
        int method = BinaryPrimitives.ReadUInt16LittleEndian(body);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(8));
        if (method == 0) return body[ContainerSize..];
        if (method != 2 || length > LargestObject) throw Wrong($"has a container packed by method {method} to {length} bytes, which cannot be unpacked here");
        try
        {
            using var packed = new ZLibStream(new MemoryStream(body, ContainerSize, body.Length - ContainerSize), CompressionMode.Decompress);
            // Room is made as bytes come, not for as many as are announced.
            byte[] unpacked = new byte[Math.Min(length, FirstRoom)];
            int count = 0;
            while (true)
            {
                packed.ReadExactly(unpacked, count, unpacked.Length - count);
                if ((count = unpacked.Length) == length) return unpacked;
                Array.Resize(ref unpacked, (int)Math.Min(length, 2L * count));
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            throw Wrong("has a container that cannot be unpacked: it is damaged");
        }
    }

    bool Message(ReadOnlyMemory<byte> found, out CanFrame frame)
    {
        frame = default;
        var bytes = found.Span;
        int header = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        if (kind is not (CanMessage or CanMessage2 or CanFdMessage or CanFdMessage64)) return false;
        if (header < 32 || header > bytes.Length) throw Wrong($"has a message with a header of {header} bytes");
        // Flag 1: counts of ten microseconds; 2: of nanoseconds. Both header versions have flags and time at the same place.
        double stepS = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]) == 1 ? 1e-5 : 1e-9;
        double timeS = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) * stepS;
        var body = found[header..];
        bool isFd64 = kind == CanFdMessage64;
        (int idAt, int lengthAt, int dataAt) = kind switch
        {
            CanFdMessage => (4, 14, 20),
            CanFdMessage64 => (4, 2, 40),
            _ => (4, 3, 8),
        };
        if (body.Length < Math.Max(dataAt, MessageSize)) throw Wrong("has a message that is too short");
        // A remote frame asks and tells nothing.
        bool isRemote = isFd64 ? (BinaryPrimitives.ReadUInt32LittleEndian(body.Span[12..]) & 0x10) != 0 : (body.Span[2] & 0x80) != 0;
        if (isRemote) return false;
        uint id = BinaryPrimitives.ReadUInt32LittleEndian(body.Span[idAt..]);
        int length = Math.Min(body.Span[lengthAt], isFd64 || kind == CanFdMessage ? 64 : 8);
        if (body.Length < dataAt + length) throw Wrong("has a message that is shorter than it says");
        bool isExtended = (id & CanFrame.ExtendedFlag) != 0;
        frame = new(timeS, id & 0x1FFF_FFFF, isExtended, body.Slice(dataAt, length));
        return true;
    }

    DataException Wrong(string what) => new($"The CAN log {_name} {what}: record it again, or give a file of candump -l.");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
