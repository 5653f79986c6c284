using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using AiBms.Trials.Agent.Live;
using AiBms.Trials.Edge;
using AiBms.Trials.House;

namespace AiBms.Trials.Server.Faults;

/// <summary>A program's disk and clock, that can be made bad while it runs: a library between it and the system (fault-disk.c).</summary>
sealed class FaultDisk : IDisposable
{
    const int Full = 0, Skips = 8, Wrong = 16, Size = 24;

    static readonly Lazy<string> s_library = new(Build);

    readonly string _folder;
    readonly MemoryMappedFile _file;
    readonly MemoryMappedViewAccessor _control;

    /// <param name="program">Whose; not started yet.</param>
    /// <param name="folder">The folder of its SQLite files.</param>
    /// <param name="control">A file for the two to talk by.</param>
    public FaultDisk(RunningProgram program, string folder, string control)
    {
        _folder = folder;
        File.WriteAllBytes(control, new byte[Size]);
        _file = MemoryMappedFile.CreateFromFile(control, FileMode.Open);
        _control = _file.CreateViewAccessor(0, Size);
        foreach (var (name, value) in ((string, string)[])[("LD_PRELOAD", s_library.Value), ("AIBMS_FAULTS", control), ("AIBMS_FAULT_FOLDER", folder)]) program.Environment[name] = value;
    }

    /// <summary>Whether nothing can be written.</summary>
    public bool IsFull { set => _control.Write(Full, value ? 1L : 0); }

    /// <summary>A planted mistake: a sync does nothing.</summary>
    public bool SkipsSync { set => _control.Write(Skips, value ? 1L : 0); }

    /// <summary>How wrong the wall clock is, s.</summary>
    public long WrongS { set => _control.Write(Wrong, value); }

    /// <summary>After a kill: the power went too. What was not synced is gone.</summary>
    public void Cut()
    {
        foreach (string notes in Directory.GetFiles(_folder, "*.notes"))
        {
            using (FileStream file = new(notes[..^".notes".Length], FileMode.Open))
                foreach (var (at, old, size) in Enumerable.Reverse(Notes(notes)))
                {
                    file.Position = at;
                    file.Write(old);
                    file.SetLength(size);
                }

            File.Delete(notes);
        }

        // The index of the log in shared memory is no longer right: it is made anew.
        foreach (string index in Directory.GetFiles(_folder, "*.db-shm")) File.Delete(index);
    }

    /// <summary>After a kill alone: the system keeps what was written.</summary>
    public void Keep()
    {
        foreach (string notes in Directory.GetFiles(_folder, "*.notes")) File.Delete(notes);
    }

    static List<(long At, byte[] Old, long Size)> Notes(string path)
    {
        using BinaryReader reader = new(File.OpenRead(path));
        List<(long, byte[], long)> all = [];
        // A note that the kill cut off is of a write that was not made.
        while (reader.BaseStream.Length - reader.BaseStream.Position >= Size)
        {
            (long at, long count, long size) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
            byte[] old = reader.ReadBytes((int)count);
            if (old.Length == count) all.Add((at, old, size));
        }

        return all;
    }

    static string Build()
    {
        Tools.Need("gcc", "gcc");
        string library = Path.Combine(Directory.CreateTempSubdirectory("aibms-fault-disk-").FullName, "fault-disk.so");
        using var compiler = Process.Start("gcc", ["-shared", "-fPIC", "-O1", "-o", library, Path.Combine(Clone.Root, "tests", "AiBms.Trials", "Server", "Faults", "fault-disk.c"), "-ldl"]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);
        return library;
    }

    public void Dispose()
    {
        _control.Dispose();
        _file.Dispose();
    }
}
