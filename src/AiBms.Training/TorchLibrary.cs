using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text;
using AiBms.Telemetry;
using static TorchSharp.torch;

namespace AiBms.Training;

/// <summary>Loads the native training library once, from the package cache, also where the C++ library is older than it asks for.</summary>
/// <remarks>
/// TorchSharp's bridge lists the symbol version GLIBCXX_3.4.32 as needed though no relocation uses it. Where the plain load fails, a copy is
/// loaded in which that one need is marked weak (VER_FLG_WEAK; System V ABI, symbol versioning, structures Elf64_Verneed and Elf64_Vernaux).
/// </remarks>
static class TorchLibrary
{
    const string MissingVersion = "GLIBCXX_3.4.32";
    static readonly Lock s_once = new();
    static readonly Dictionary<string, nint> s_loaded = [];

    /// <summary>Folder of another LibTorch of the same version, such as one for a graphics processor.</summary>
    const string FolderVariable = "LIBTORCH_LIB";

    /// <summary>Where networks are trained: a graphics processor where the machine and the installed library have one.</summary>
    public static Device Device => s_hasGpu ? CUDA : CPU;

    static bool s_hasGpu;

    /// <summary>Loads; later calls do nothing. One thread: under load two are many times slower than one.</summary>
    /// <exception cref="DataException">A library cannot be loaded on this machine.</exception>
    public static void Load()
    {
        lock (s_once)
        {
            if (s_loaded.Count > 0) return;
            string torch = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } told ? told : PackageFolder.Of("LibTorchFolder"), bridge = Path.Combine(PackageFolder.Of("TorchSharpFolder"), "libLibTorchSharp.so");
            if (!File.Exists(bridge)) throw new DataException($"The training library is not at '{bridge}': build the training program again on this machine (Linux, x64).");
            foreach (string path in Directory.GetFiles(torch, "libgomp*")) NativeLibrary.Load(path);
            if (!File.Exists(Path.Combine(torch, "libtorch.so"))) throw new DataException($"There is no libtorch.so in '{torch}': {FolderVariable} names the folder lib of a LibTorch, or is left unset.");
            bool hasGpu = File.Exists(Path.Combine(torch, "libtorch_cuda.so"));
            foreach (string name in hasGpu ? (string[])["c10", "c10_cuda", "torch_cpu", "torch_cuda", "torch"] : ["c10", "torch_cpu", "torch"])
                s_loaded[name] = NativeLibrary.Load(Path.Combine(torch, $"lib{name}.so"));
            s_loaded["LibTorchSharp"] = NativeLibrary.TryLoad(bridge, out nint handle) ? handle : LoadWithoutNeed(bridge);
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => s_loaded.GetValueOrDefault(name);
            s_hasGpu = hasGpu && cuda.is_available();
        }

        set_num_threads(1);
    }

    static nint LoadWithoutNeed(string bridge)
    {
        byte[] image = File.ReadAllBytes(bridge);
        if (!MarkWeak(image)) throw new DataException($"'{bridge}' cannot be loaded on this machine.");
        string copy = Path.Combine(Path.GetTempPath(), $"aibms-torch-{Environment.ProcessId}.so");
        File.WriteAllBytes(copy, image);
        try
        {
            return NativeLibrary.Load(copy);
        }
        finally
        {
            File.Delete(copy); // stays mapped
        }
    }

    static bool MarkWeak(byte[] image)
    {
        const int LoadSegment = 1, DynamicSegment = 2;
        const long StringTable = 5, Needed = 0x6ffffffe, NeededCount = 0x6fffffff;
        long Long(long at) => BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan((int)at));
        int Int(long at) => BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan((int)at));
        int Short(long at) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan((int)at));

        // ELF64 header: program headers at 0x20, size of one at 0x36, how many at 0x38.
        List<(long Address, long Offset, long Size)> segments = [];
        long dynamic = -1;
        for (int k = 0; k < Short(0x38); k++)
        {
            long header = Long(0x20) + k * Short(0x36);
            if (Int(header) == LoadSegment) segments.Add((Long(header + 16), Long(header + 8), Long(header + 32)));
            if (Int(header) == DynamicSegment) dynamic = Long(header + 8);
        }

        long InFile(long address)
        {
            var segment = segments.First(s => address >= s.Address && address < s.Address + s.Size);
            return address - segment.Address + segment.Offset;
        }

        Dictionary<long, long> entries = [];
        for (long at = dynamic; dynamic >= 0 && Long(at) != 0; at += 16) entries[Long(at)] = Long(at + 8);
        if (!entries.TryGetValue(StringTable, out long names) || !entries.TryGetValue(Needed, out long needed) || !entries.TryGetValue(NeededCount, out long files)) return false;
        long strings = InFile(names), file = InFile(needed);
        bool found = false;
        for (long k = 0; k < files; k++, file += Int(file + 12))
        {
            long version = file + Int(file + 8);
            for (int j = 0; j < Short(file + 2); j++, version += Int(version + 12))
            {
                int from = (int)(strings + Int(version + 8)), to = Array.IndexOf(image, (byte)0, from);
                if (Encoding.ASCII.GetString(image, from, to - from) != MissingVersion) continue;
                image[version + 4] |= 2;
                found = true;
            }
        }

        return found;
    }
}
