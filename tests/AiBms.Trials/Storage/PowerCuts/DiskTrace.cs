using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiBms.Trials.Storage.PowerCuts;

/// <summary>Reads what <c>strace -f -y -xx</c> wrote of a process: its writes and syncs below a folder, and what it sent that promises something.</summary>
/// <param name="files">How the names of the watched files begin.</param>
/// <param name="promised">What was sent through a socket, piece by piece: how many records that promises in all, or null for nothing new.</param>
sealed partial class DiskTrace(string files, Func<string, byte[], long?> promised)
{
    /// <summary>The calls that have to be watched.</summary>
    public const string Calls = "pwrite64,pwritev,write,fsync,fdatasync,ftruncate,sendmsg,sendto";

    /// <summary>The shared memory of SQLite is made anew at each opening.</summary>
    public bool IsKept(string file) => Path.GetFileName(file).StartsWith(files, StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal);

    /// <summary>What is in a folder while nobody writes there: on the disk.</summary>
    public List<DiskEvent> Begin(string folder) =>
        [.. Directory.GetFiles(folder).Where(IsKept).SelectMany(file => new DiskEvent[] { new(DiskEventKind.Write, Path.GetFileName(file), 0, File.ReadAllBytes(file)), new(DiskEventKind.Sync, Path.GetFileName(file), 0, []) })];

    public List<DiskEvent> Read(string traceFile, string folder)
    {
        List<DiskEvent> events = [];
        Dictionary<string, string> begun = [];
        foreach (string line in File.ReadLines(traceFile))
        {
            string thread = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            // A sync counts from its end, everything else from its beginning.
            if (line.EndsWith("<unfinished ...>", StringComparison.Ordinal) && Sync().IsMatch(line)) begun[thread] = line;
            else if (line.Contains("sync resumed>", StringComparison.Ordinal) && begun.Remove(thread, out string? first)) Add(first);
            else Add(line);
        }

        return events;

        void Add(string line)
        {
            var call = Call().Match(line);
            if (!call.Success) return;
            string name = call.Groups["name"].Value, path = Encoding.UTF8.GetString(Bytes(call.Groups["path"].Value)), rest = call.Groups["rest"].Value;
            if (path.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                string file = path[(folder.Length + 1)..];
                if (!IsKept(file)) return;
                if (name is "fsync" or "fdatasync") events.Add(new(DiskEventKind.Sync, file, 0, []));
                else if (name == "ftruncate") events.Add(new(DiskEventKind.Truncate, file, Last(rest), []));
                else if (name == "pwrite64") events.Add(new(DiskEventKind.Write, file, Last(rest), Text(rest)));
                else throw new InvalidDataException($"{name} on {file}: the explorer does not know where it writes");
            }
            else if (name is "write" or "sendmsg" or "sendto" && (path.StartsWith("socket:", StringComparison.Ordinal) || path.StartsWith("TCP", StringComparison.Ordinal)) && promised(path, Text(rest)) is { } count)
            {
                events.Add(new(DiskEventKind.Promise, "", count, []));
            }
        }
    }

    static byte[] Text(string rest) => Quoted().Match(rest) is { Success: true } text ? Bytes(text.Groups[1].Value) : [];

    /// <summary>The last argument: <c>…, 4096, 8192) = 4096</c>.</summary>
    static long Last(string rest) => long.Parse(LastNumber().Match(rest).Groups[1].Value, CultureInfo.InvariantCulture);

    static byte[] Bytes(string escaped)
    {
        byte[] bytes = new byte[escaped.Length / 4];
        for (int k = 0; k < bytes.Length; k++) bytes[k] = byte.Parse(escaped.AsSpan(4 * k + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return bytes;
    }

    [GeneratedRegex(@"^\d+ +(?<name>\w+)\(\d+<(?<path>(\\x[0-9a-f]{2})*)>(?<rest>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Call();

    [GeneratedRegex(@"^\d+ +f(data)?sync\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Sync();

    [GeneratedRegex("\"((?:\\\\x[0-9a-f]{2})*)\"", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@", (\d+)(?:\)| <unfinished)", RegexOptions.RightToLeft, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex LastNumber();
}
