using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;

namespace AiBms.Native;

/// <summary>The functions of <c>include/aibms_estimators.h</c>. No exception leaves them.</summary>
static unsafe class Exports
{
    const int InterfaceVersion = 1, Ok = 0, WrongUse = 2, BadData = 3;

    /// <summary>Estimators by their handles: a number, so that a stale or made-up one is found and not followed.</summary>
    static readonly ConcurrentDictionary<long, ISocEstimator> s_open = new();

    static long s_last;

    [ThreadStatic]
    static string? t_error;

    [UnmanagedCallersOnly(EntryPoint = "aibms_interface_version", CallConvs = [typeof(CallConvCdecl)])]
    public static int Version() => InterfaceVersion;

    [UnmanagedCallersOnly(EntryPoint = "aibms_open", CallConvs = [typeof(CallConvCdecl)])]
    public static int Open(byte* cellJson, int cellLength, byte* rung, long* handle)
    {
        if (cellJson is null || rung is null || handle is null || cellLength < 1) return Fail(WrongUse, "aibms_open takes a cell file, a rung and room for a handle, none of them null or empty.");
        string name = Marshal.PtrToStringUTF8((nint)rung) ?? "";
        if (!SocEstimators.All.TryGetValue(name, out var make)) return Fail(WrongUse, $"No rung is called '{name}'. Known: {string.Join(", ", SocEstimators.All.Keys)}.");
        ReadOnlySpan<byte> json = new(cellJson, cellLength);
        try
        {
            return Keep(make(CellFile.Parse(json, "cell")), handle);
        }
        catch (Exception e) when (e is CellException or ArgumentException)
        {
            return Fail(BadData, e.Message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "aibms_open_model", CallConvs = [typeof(CallConvCdecl)])]
    public static int OpenModel(byte* cellJson, int cellLength, byte* modelJson, int modelLength, long* handle)
    {
        if (cellJson is null || modelJson is null || handle is null || cellLength < 1 || modelLength < 1)
            return Fail(WrongUse, "aibms_open_model takes a cell file, a model file and room for a handle, none of them null or empty.");
        ReadOnlySpan<byte> cell = new(cellJson, cellLength), model = new(modelJson, modelLength);
        try
        {
            return Keep(new SocNetworkEstimator(CellFile.Parse(cell, "cell"), ModelText.Parse(model, "model")), handle);
        }
        catch (Exception e) when (e is CellException or ModelException or ArgumentException)
        {
            return Fail(BadData, e.Message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "aibms_start", CallConvs = [typeof(CallConvCdecl)])]
    public static int Start(long handle, double soc, double deviation)
    {
        if (!s_open.TryGetValue(handle, out var estimator)) return NoSuch(handle);
        if (!double.IsNaN(soc) && !(soc is >= 0 and <= 1 && deviation is > 0 and <= 1))
            return Fail(WrongUse, $"A start is NaN, or a SOC of 0 to 1 with a deviation above 0 and up to 1, not {soc} and {deviation}.");
        estimator.Start(double.IsNaN(soc) ? SocStart.Unknown : SocStart.Told(soc, deviation));
        return Ok;
    }

    [UnmanagedCallersOnly(EntryPoint = "aibms_step", CallConvs = [typeof(CallConvCdecl)])]
    public static int Step(long handle, CellSample* sample, NativeEstimate* estimate)
    {
        if (sample is null || estimate is null) return Fail(WrongUse, "aibms_step takes a sample and room for an estimate, neither of them null.");
        if (!s_open.TryGetValue(handle, out var estimator)) return NoSuch(handle);
        *estimate = new(estimator.Step(*sample));
        return Ok;
    }

    [UnmanagedCallersOnly(EntryPoint = "aibms_close", CallConvs = [typeof(CallConvCdecl)])]
    public static int Close(long handle) => s_open.TryRemove(handle, out _) ? Ok : NoSuch(handle);

    [UnmanagedCallersOnly(EntryPoint = "aibms_last_error", CallConvs = [typeof(CallConvCdecl)])]
    public static int LastError(byte* text, int room)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(t_error ?? "");
        if (text is not null && room > 0)
        {
            int count = Math.Min(bytes.Length, room - 1);
            bytes.AsSpan(0, count).CopyTo(new(text, count));
            text[count] = 0;
        }

        return bytes.Length + 1;
    }

    static int Keep(ISocEstimator estimator, long* handle)
    {
        long number = Interlocked.Increment(ref s_last);
        s_open[number] = estimator;
        *handle = number;
        return Ok;
    }

    static int NoSuch(long handle) => Fail(WrongUse, $"No estimator is open under the handle {handle}.");

    static int Fail(int code, string message)
    {
        t_error = message;
        return code;
    }
}
