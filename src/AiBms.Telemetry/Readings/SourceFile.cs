using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>A file on disk as a stream of its contents: gzip is undone on the way, and the bytes on disk are hashed.</summary>
sealed class SourceFile : IDisposable
{
    readonly FileStream _file;
    readonly HashingStream _hashing;

    SourceFile(string path, FileStream file)
    {
        Path = path;
        _file = file;
        // A gzip file has a head of 10 bytes and an end of 8.
        IsGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B && file.Length >= 18;
        file.Position = 0;
        _hashing = new HashingStream(file);
        Contents = IsGzip ? new GZipStream(_hashing, CompressionMode.Decompress) : _hashing;
    }

    /// <summary>As given.</summary>
    public string Path { get; }

    /// <summary>Without folders.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether the file is compressed.</summary>
    public bool IsGzip { get; }

    /// <summary>The contents, decompressed.</summary>
    public Stream Contents { get; }

    /// <summary>Size on disk, bytes.</summary>
    public long Length => _file.Length;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataException">There is no such file, it is a folder, it is empty, or it may not be read.</exception>
    public static SourceFile Open(string path)
    {
        if (Directory.Exists(path))
            throw new DataException($"{path} is a folder; name one recording in it.");
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            if (file.Length > 0)
                return new(path, file);
            file.Dispose();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{path} does not exist.", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataException($"{path} cannot be opened: {problem.Message}", problem);
        }

        throw new DataException($"{path} is empty (0 bytes).");
    }

    /// <summary>The contents as a stream that can go back and forth: the file itself, or what came out of gzip.</summary>
    /// <param name="window">What has been read of the contents.</param>
    public Stream Seekable(ByteWindow window)
    {
        if (!IsGzip)
            return File.OpenRead(Path);
        var whole = new MemoryStream();
        whole.Write(window.Data);
        Contents.CopyTo(whole);
        CheckEnd(whole.Length);
        whole.Position = 0;
        return whole;
    }

    /// <summary>SHA-256 of the bytes on disk, lower-case hexadecimal; reads what has not been read yet.</summary>
    public string Sha256() => _hashing.Finish();

    /// <summary>Throws when the end of a gzip file does not state the length that came out of it: the runtime does not look.</summary>
    /// <param name="contentLength">Bytes that came out.</param>
    /// <exception cref="DataException">The file is cut short.</exception>
    public void CheckEnd(long contentLength)
    {
        if (!IsGzip)
            return;
        using FileStream again = File.OpenRead(Path);
        Span<byte> stated = stackalloc byte[4];
        again.Seek(-4, SeekOrigin.End);
        again.ReadExactly(stated);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(stated);
        if (length != (uint)contentLength && !(length < contentLength && HoldsSeveralMembers(again)))
            throw new DataException($"{Path} is a gzip file that is cut short: its end is missing; copy it again.");
    }

    /// <summary>Files glued together are one valid gzip file; its end states the length of the last alone.</summary>
    static bool HoldsSeveralMembers(FileStream file)
    {
        byte[] all = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(all);
        return all.AsSpan(1).IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Contents.Dispose();
        _file.Dispose();
    }

    sealed class HashingStream(Stream inner) : Stream
    {
        readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw Unsupported();
        public override long Position { get => throw Unsupported(); set => throw Unsupported(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            _hash.AppendData(buffer[..read]);
            return read;
        }

        public string Finish()
        {
            Span<byte> rest = stackalloc byte[4096];
            while (Read(rest) > 0)
            {
            }

            return Convert.ToHexStringLower(_hash.GetCurrentHash());
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw Unsupported();
        public override void SetLength(long value) => throw Unsupported();
        public override void Write(byte[] buffer, int offset, int count) => throw Unsupported();

        static NotSupportedException Unsupported() => new("The contents of a file are read once, from front to back.");

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
