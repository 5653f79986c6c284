namespace AiBms.Learning.Boards;

/// <summary>Sentences of people on why an aim was missed, kept beside the results and printed with them.</summary>
public static class BoardNotes
{
    /// <summary>Name of the sentence that says which figures of a page were looked at before they were final; it is printed above the tables and in the README.</summary>
    public const string NotBlind = "not blind";

    /// <summary>That sentence as a paragraph; nothing where there is none.</summary>
    public static string NotBlindParagraph(IReadOnlyDictionary<string, string> notes) => notes.TryGetValue(NotBlind, out string? text) ? $"Not blind: {text}\n\n" : "";

    /// <summary>Reads lines of the form <c>- `lg_hg2 -10 RMSE`: sentence</c>; all other lines are for readers of the file.</summary>
    /// <param name="path">The file; need not exist.</param>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        Dictionary<string, string> notes = [];
        if (!File.Exists(path)) return notes;
        foreach (string line in File.ReadLines(path))
        {
            int end = line.IndexOf("`: ", StringComparison.Ordinal);
            if (line.StartsWith("- `", StringComparison.Ordinal) && end > 0) notes[line[3..end]] = line[(end + 3)..].Trim();
        }

        return notes;
    }
}
