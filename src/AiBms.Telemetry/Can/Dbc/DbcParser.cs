using System.Globalization;
using System.Text.RegularExpressions;

namespace AiBms.Telemetry.Can.Dbc;

/// <summary>Reads messages, signals, their forms and multiplexing out of a DBC file; comments, attributes and names of values are passed over.</summary>
/// <remarks>Source: the grammar as "DBC File Format Documentation" (Vector Informatik, version 01/2007) has it; SG_MUL_VAL_ as later versions write it.</remarks>
/// <param name="file">The file's name, for messages.</param>
sealed partial class DbcParser(string file)
{
    const string Independent = "VECTOR__INDEPENDENT_SIG_MSG";

    readonly List<(string Name, uint Key, int Length, List<DbcSignal> Signals, Dictionary<string, string> Marks)> _messages = [];
    int _number;

    [GeneratedRegex(@"^BO_\s+(\d+)\s+(\w+)\s*:\s*(\d+)")]
    private static partial Regex Message { get; }

    [GeneratedRegex(@"^SG_\s+(\w+)\s*(M|m\d+M?)?\s*:\s*(\d+)\|(\d+)@([01])([+-])\s*\(\s*([^,\s]+)\s*,\s*([^)\s]+)\s*\)\s*\[[^\]]*\]\s*""([^""]*)""")]
    private static partial Regex Signal { get; }

    [GeneratedRegex(@"^SIG_VALTYPE_\s+(\d+)\s+(\w+)\s*:?\s*(\d)\s*;")]
    private static partial Regex ValueType { get; }

    [GeneratedRegex(@"^SG_MUL_VAL_\s+(\d+)\s+(\w+)\s+(\w+)\s+([\d\s,-]+);")]
    private static partial Regex Multiplexing { get; }

    public DbcFile Parse(IEnumerable<string> lines)
    {
        bool isInText = false, isNone = true;
        foreach (string line in lines)
        {
            _number++;
            // Comments run over several lines and may look like anything.
            bool wasInText = isInText;
            isInText ^= Quotes(line) % 2 == 1;
            if (wasInText) continue;
            string text = line.Trim();
            isNone &= !(text.StartsWith("VERSION", StringComparison.Ordinal) || text.StartsWith("BO_ ", StringComparison.Ordinal) || text.StartsWith("BU_", StringComparison.Ordinal));
            if (text.StartsWith("BO_ ", StringComparison.Ordinal)) AddMessage(text);
            else if (text.StartsWith("SG_ ", StringComparison.Ordinal)) AddSignal(text);
            else if (text.StartsWith("SIG_VALTYPE_ ", StringComparison.Ordinal)) SetForm(text);
            else if (text.StartsWith("SG_MUL_VAL_ ", StringComparison.Ordinal)) SetRanges(text);
        }

        if (isNone) throw new DataException($"{file} is no DBC file: it has neither VERSION nor BU_ nor a message BO_.");
        return new(file, [.. _messages.Select(m => new DbcMessage(m.Name, m.Key, m.Length, m.Signals))]);
    }

    void AddMessage(string text)
    {
        var found = Message.Match(text);
        if (!found.Success || !uint.TryParse(found.Groups[1].Value, CultureInfo.InvariantCulture, out uint key) || !int.TryParse(found.Groups[3].Value, CultureInfo.InvariantCulture, out int length)) throw Wrong(text, "a message, 'BO_ 256 Name: 8 Node'");
        if (found.Groups[2].Value == Independent) length = 0;
        if (length > 64) throw Wrong(text, "a message of at most 64 bytes");
        _messages.Add((found.Groups[2].Value, key, length, [], new(StringComparer.Ordinal)));
    }

    void AddSignal(string text)
    {
        var found = Signal.Match(text);
        if (!found.Success || _messages.Count == 0) throw Wrong(text, "a signal below its message, 'SG_ Name : 0|16@1+ (0.1,0) [0|100] \"V\" Node'");
        var (_, _, length, signals, marks) = _messages[^1];
        string name = found.Groups[1].Value, mark = found.Groups[2].Value;
        bool isRead = int.TryParse(found.Groups[3].Value, CultureInfo.InvariantCulture, out int start) & int.TryParse(found.Groups[4].Value, CultureInfo.InvariantCulture, out int bits)
            & double.TryParse(found.Groups[7].Value, CultureInfo.InvariantCulture, out double factor) & double.TryParse(found.Groups[8].Value, CultureInfo.InvariantCulture, out double offset);
        if (!isRead || bits is < 1 or > 64 || factor == 0 || !double.IsFinite(factor) || !double.IsFinite(offset)) throw Wrong(text, "a signal of 1 to 64 bits with a factor that is not 0");
        DbcSignal signal = new(name, start, bits, found.Groups[5].Value == "1", found.Groups[6].Value == "-" ? DbcForm.TwosComplement : DbcForm.Count, factor, offset, found.Groups[9].Value);
        if (length > 0 && signal.BytesNeeded > length) throw Wrong(text, $"a signal that fits into the {length} bytes of its message");
        if (marks.ContainsKey(name)) throw Wrong(text, "a signal of another name: this message has one of that name");
        marks.Add(name, mark);
        signals.Add(signal);
        Multiplex(signals, marks);
    }

    /// <summary>A signal marked m3 is there with value 3 of the one that is marked M.</summary>
    void Multiplex(List<DbcSignal> signals, Dictionary<string, string> marks)
    {
        string? multiplexor = marks.FirstOrDefault(m => m.Value == "M").Key;
        for (int k = 0; k < signals.Count; k++)
        {
            if (marks[signals[k].Name] is not ['m', ..] mark || multiplexor is null || signals[k].Multiplexor is not null) continue;
            if (!ulong.TryParse(mark[1..].TrimEnd('M'), CultureInfo.InvariantCulture, out ulong with)) throw Wrong(mark, "a multiplexed signal, such as m3");
            signals[k] = signals[k] with { Multiplexor = multiplexor, Ranges = [(with, with)] };
        }
    }

    void SetForm(string text)
    {
        var found = ValueType.Match(text);
        if (!found.Success) throw Wrong(text, "a form, 'SIG_VALTYPE_ 256 Name : 1;'");
        var form = found.Groups[3].Value switch { "1" => DbcForm.Real32, "2" => DbcForm.Real64, _ => (DbcForm?)null };
        if (form is not { } known) return;
        Change(found, text, signal => signal.Length == (known == DbcForm.Real32 ? 32 : 64) ? signal with { Form = known } : throw Wrong(text, "a form of 32 or 64 bits for a signal of as many"));
    }

    void SetRanges(string text)
    {
        var found = Multiplexing.Match(text);
        if (!found.Success) throw Wrong(text, "multiplexing, 'SG_MUL_VAL_ 256 Signal Multiplexor 1-3, 5-5;'");
        List<(ulong, ulong)> ranges = [];
        foreach (string range in found.Groups[4].Value.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = range.Split('-');
            if (ends.Length != 2 || !ulong.TryParse(ends[0], CultureInfo.InvariantCulture, out ulong first) || !ulong.TryParse(ends[1], CultureInfo.InvariantCulture, out ulong last)) throw Wrong(text, "ranges such as 1-3");
            ranges.Add((first, last));
        }

        Change(found, text, signal => signal with { Multiplexor = found.Groups[3].Value, Ranges = ranges });
    }

    void Change(Match found, string text, Func<DbcSignal, DbcSignal> change)
    {
        int at = uint.TryParse(found.Groups[1].Value, CultureInfo.InvariantCulture, out uint key) ? _messages.FindIndex(m => m.Key == key) : -1;
        int which = at < 0 ? -1 : _messages[at].Signals.FindIndex(s => s.Name == found.Groups[2].Value);
        if (which < 0) throw Wrong(text, "of a signal that the file has");
        var changed = change(_messages[at].Signals[which]);
        if (changed.Multiplexor == changed.Name || (changed.Multiplexor is { } by && !_messages[at].Signals.Exists(s => s.Name == by))) throw Wrong(text, "multiplexed by another signal of the same message");
        _messages[at].Signals[which] = changed;
    }

    static int Quotes(string line)
    {
        int count = 0;
        for (int k = 0; k < line.Length; k++)
            if (line[k] == '"' && (k == 0 || line[k - 1] != '\\')) count++;
        return count;
    }

    DataException Wrong(string text, string what) => new($"{file}, line {_number}: '{(text.Length > 80 ? text[..80] + "…" : text)}' is not {what}: correct it.");
}
