namespace AiBms.Trials.Simulation;

/// <summary>The disk under one SQLite file: what was synced outlives a power cut, what was written since does not.</summary>
/// <param name="path">The file.</param>
/// <param name="skips">True where a sync does nothing, asked each time.</param>
sealed class SimDisk(string path, Func<bool> skips)
{
    static readonly string[] s_parts = ["", "-wal"];

    readonly byte[]?[] _image = new byte[]?[s_parts.Length];

    public string Path => path;

    /// <summary>After a commit: the program asked for a sync.</summary>
    public void Sync()
    {
        if (skips()) return;
        for (int k = 0; k < s_parts.Length; k++) _image[k] = Read(path + s_parts[k]);
    }

    /// <summary>What is left after the power came back. Nobody may have the file open.</summary>
    public void Cut()
    {
        File.Delete(path + "-shm");
        for (int k = 0; k < s_parts.Length; k++)
        {
            if (_image[k] is { } bytes) File.WriteAllBytes(path + s_parts[k], bytes);
            else File.Delete(path + s_parts[k]);
        }
    }

    /// <summary>A new disk.</summary>
    public void Replace()
    {
        Array.Clear(_image);
        Cut();
    }

    static byte[]? Read(string file)
    {
        if (!File.Exists(file)) return null;
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
