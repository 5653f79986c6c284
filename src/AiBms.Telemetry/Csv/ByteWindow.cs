namespace AiBms.Telemetry.Csv;

/// <summary>A moving window over a stream of bytes, so that files larger than memory can be read row by row.</summary>
sealed class ByteWindow
{
    readonly Stream _stream;
    byte[] _data;

    /// <param name="stream">Read to its end; not disposed.</param>
    /// <param name="size">Bytes that the window holds at first; it grows when one row needs more.</param>
    public ByteWindow(Stream stream, int size) => (_stream, _data) = (stream, new byte[size]);

    /// <summary>Where the bytes not yet used begin.</summary>
    public int Start { get; set; }

    /// <summary>Where they end.</summary>
    public int End { get; private set; }

    /// <summary>Whether the stream has nothing more.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>How many bytes have been read from the stream.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>The window's bytes; those from <see cref="Start"/> to <see cref="End"/> count.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, End);

    /// <summary>Moves unused bytes to the front and fills the rest of the window.</summary>
    public void Fill()
    {
        if (IsFinal)
            return;
        if (Start == 0 && End == _data.Length)
            Array.Resize(ref _data, checked(_data.Length * 2));
        _data.AsSpan(Start, End - Start).CopyTo(_data);
        (Start, End) = (0, End - Start);
        while (End < _data.Length && !IsFinal)
        {
            int read = _stream.Read(_data, End, _data.Length - End);
            IsFinal = read == 0;
            End += read;
            TotalBytes += read;
        }
    }
}
