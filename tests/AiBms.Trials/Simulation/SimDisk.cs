namespace AiBms.Trials.Simulation;

/// <summary>The disk under one SQLite file: what was synced outlives a power cut, what was written since does not.</summary>
/// <param name="path">The file.</param>
/// <param name="skips">True where a sync does nothing, asked each time.</param>
sealed class SimDisk(string path, Func<bool> skips)
{
    const int Gone = -1;

    static readonly string[] s_parts = ["", "-wal"];

    // What was synced, in room that is used again: a sync comes many times in a simulated second.
    readonly byte[][] _image = [.. s_parts.Select(_ => Array.Empty<byte>())];
    readonly int[] _length = [.. s_parts.Select(_ => Gone)];

    public string Path => path;

    /// <summary>After a commit: the program asked for a sync.</summary>
    public void Sync()
    {
        if (skips()) return;
        for (int k = 0; k < s_parts.Length; k++) Read(k);
    }

    /// <summary>What is left after the power came back. Nobody may have the file open.</summary>
    public void Cut()
    {
        File.Delete(path + "-shm");
        for (int k = 0; k < s_parts.Length; k++)
        {
            if (_length[k] == Gone) File.Delete(path + s_parts[k]);
            else File.WriteAllBytes(path + s_parts[k], _image[k].AsSpan(0, _length[k]));
        }
    }

    /// <summary>A new disk.</summary>
    public void Replace()
    {
        Array.Fill(_length, Gone);
        Cut();
    }

    void Read(int part)
    {
        _length[part] = Gone;
        if (!File.Exists(path + s_parts[part])) return;
        using FileStream stream = new(path + s_parts[part], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _length[part] = (int)stream.Length;
        if (_image[part].Length < _length[part]) _image[part] = new byte[2 * _length[part]];
        stream.ReadExactly(_image[part], 0, _length[part]);
    }
}
