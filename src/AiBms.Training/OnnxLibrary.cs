using System.Runtime.InteropServices;
using System.Runtime.Loader;
using AiBms.Telemetry;

namespace AiBms.Training;

/// <summary>Loads ONNX Runtime once, from the package cache.</summary>
static class OnnxLibrary
{
    static readonly Lock s_once = new();
    static nint s_loaded;

    /// <summary>Loads; later calls do nothing.</summary>
    /// <exception cref="DataException">It cannot be loaded on this machine.</exception>
    public static void Load()
    {
        lock (s_once)
        {
            if (s_loaded != 0) return;
            string path = Path.Combine(PackageFolder.Of("OnnxRuntimeFolder"), "libonnxruntime.so");
            if (!NativeLibrary.TryLoad(path, out s_loaded)) throw new DataException($"ONNX Runtime cannot be loaded from '{path}': build the training program again on this machine (Linux, x64).");
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name.Contains("onnxruntime", StringComparison.Ordinal) ? s_loaded : 0;
        }
    }
}
