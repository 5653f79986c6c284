using System.Globalization;

namespace AiBms.Telemetry.Can;

/// <summary>Reads what <c>candump -l</c> writes: <c>(1436509052.249713) can0 044#2A366C2BBA</c>; ## for CAN FD, #R for a remote frame.</summary>
/// <remarks>Remote and error frames have no data and are passed over. Source: can-utils, lib.c (parse_canframe).</remarks>
public sealed class CandumpReader : ICanSource
{
    const uint ErrorFlag = 0x2000_0000;

    readonly StreamReader _lines;
    readonly string _name;
    readonly byte[] _data = new byte[64];
    long _number;

    /// <param name="path">The file.</param>
    public CandumpReader(string path) : this(new StreamReader(path), Path.GetFileName(path))
    {
    }

    internal CandumpReader(StreamReader lines, string name) => (_lines, _name) = (lines, name);

    /// <inheritdoc/>
    public bool TryRead(out CanFrame frame)
    {
        while (_lines.ReadLine() is { } line)
        {
            _number++;
            if (line.AsSpan().Trim().Length == 0) continue;
            if (Parse(line, out frame)) return true;
        }

        frame = default;
        return false;
    }

    bool Parse(string line, out CanFrame frame)
    {
        frame = default;
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int mark = parts.Length >= 3 ? parts[2].IndexOf('#', StringComparison.Ordinal) : -1;
        if (mark is not (3 or 8) || parts[0] is not ['(', .. var clock, ')']
            || !double.TryParse(clock, CultureInfo.InvariantCulture, out double timeS) || !double.IsFinite(timeS)
            || !uint.TryParse(parts[2].AsSpan(0, mark), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint id)) throw Wrong(line);
        var body = parts[2].AsSpan(mark + 1);
        bool isExtended = mark == 8;
        if (body is ['R' or 'r', ..] || (isExtended && (id & ErrorFlag) != 0)) return false;
        // CAN FD: one more mark, and one digit of flags.
        if (body is ['#', _, .. var rest]) body = rest;
        int count = body.Length / 2;
        if (body.Length % 2 != 0 || count > _data.Length || Convert.FromHexString(body, _data, out _, out int written) != System.Buffers.OperationStatus.Done || written != count) throw Wrong(line);
        frame = new(timeS, isExtended ? id & 0x1FFF_FFFF : id, isExtended, _data.AsMemory(0, count));
        return true;
    }

    DataException Wrong(string line) => new($"{_name}, line {_number}: '{(line.Length > 60 ? line[..60] + "…" : line)}' is no line of candump -l, such as '(1436509052.249713) can0 044#2A366C2BBA': record with candump -l, or give a BLF file.");

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
