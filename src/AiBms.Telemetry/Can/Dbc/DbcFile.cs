namespace AiBms.Telemetry.Can.Dbc;

/// <summary>A description of a CAN bus, as DBC files have it.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Messages">Its messages.</param>
public sealed record DbcFile(string Name, IReadOnlyList<DbcMessage> Messages)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DataException">It cannot be read, or is no DBC file.</exception>
    public static DbcFile Read(string path)
    {
        try
        {
            return new DbcParser(Path.GetFileName(path)).Parse(File.ReadLines(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The DBC file {path} cannot be read ({problem.Message.TrimEnd('.')}): name another.", problem);
        }
    }

    /// <summary>Finds a signal by its name, or MESSAGE.SIGNAL where several messages have one of that name.</summary>
    /// <exception cref="DataException">There is none, or more than one.</exception>
    public (DbcMessage Message, DbcSignal Signal) Find(string name)
    {
        string[] parts = name.Split('.');
        var found = Messages.Where(m => parts.Length == 1 || m.Name == parts[0]).Select(m => (Message: m, Signal: m.Find(parts[^1]))).Where(p => p.Signal is not null).ToList();
        return found.Count switch
        {
            1 => (found[0].Message, found[0].Signal!),
            0 => throw new DataException($"{Name} has no signal '{name}': correct the map, or name another DBC file."),
            _ => throw new DataException($"{Name} has the signal '{name}' in {string.Join(" and ", found.Select(p => p.Message.Name))}: write MESSAGE.{parts[^1]}."),
        };
    }
}
