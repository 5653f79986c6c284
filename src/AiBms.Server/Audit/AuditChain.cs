using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiBms.Server.Audit;

/// <summary>Reads an audit log and says whether it is whole.</summary>
/// <param name="Count">Entries that are whole.</param>
/// <param name="Hash">Of the last of them.</param>
/// <param name="WholeBytes">Bytes up to the end of the last of them.</param>
/// <param name="IsTorn">True where a line without end follows.</param>
/// <param name="Problem">What is wrong, a sentence; empty where nothing is.</param>
sealed record AuditChain(long Count, string Hash, long WholeBytes, bool IsTorn, string Problem)
{
    /// <summary>Stands for the hash before the first line.</summary>
    public static readonly string Start = new('0', 64);

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Hashes of the entries in their order.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    public static string HashOf(string before, string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + "\n" + json)));

    /// <summary>Hash and JSON of an entry behind a line.</summary>
    public static (string Hash, string Json) Line(string before, AuditEntry entry)
    {
        string json = JsonSerializer.Serialize(entry, Json);
        return (HashOf(before, json), json);
    }

    /// <summary>Goes through lines without their ends.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="name">What they are of, for messages.</param>
    public static AuditChain Of(IEnumerable<string> lines, string name)
    {
        List<string> hashes = [];
        string hash = Start;
        foreach (string line in lines)
        {
            string problem = Look(line, hash, hashes.Count + 1, out string next);
            if (problem.Length > 0) return new(hashes.Count, hash, 0, false, $"{name} was tampered with: {problem}") { Hashes = hashes };
            hashes.Add(hash = next);
        }

        return new(hashes.Count, hash, 0, false, "") { Hashes = hashes };
    }

    /// <summary>Goes through a file; one that is not there has no entries.</summary>
    public static AuditChain Read(string path)
    {
        List<string> hashes = [];
        string hash = Start;
        long whole = 0;
        if (!File.Exists(path)) return new(0, hash, 0, false, "");
        byte[] bytes = ReadShared(path);
        for (int from = 0; from < bytes.Length;)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', from);
            if (end < 0) return new(hashes.Count, hash, whole, true, "") { Hashes = hashes };
            string problem = Look(Encoding.UTF8.GetString(bytes, from, end - from), hash, hashes.Count + 1, out string next);
            if (problem.Length > 0) return new(hashes.Count, hash, whole, false, $"The audit log {path} was tampered with: {problem}") { Hashes = hashes };
            hashes.Add(hash = next);
            (from, whole) = (end + 1, end + 1);
        }

        return new(hashes.Count, hash, whole, false, "") { Hashes = hashes };
    }

    static byte[] ReadShared(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    static string Look(string line, string before, long number, out string hash)
    {
        hash = "";
        if (line.Length < 66 || line[64] != ' ') return $"line {number} is not a hash and an entry.";
        string json = line[65..];
        hash = HashOf(before, json);
        if (hash != line[..64]) return $"line {number} is not what was written there, or a line before it was taken out or put in.";
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(json, Json)?.Number == number ? "" : $"line {number} has another number.";
        }
        catch (JsonException)
        {
            return $"line {number} is no entry.";
        }
    }
}
