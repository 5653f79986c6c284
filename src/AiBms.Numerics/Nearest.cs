namespace AiBms.Numerics;

/// <summary>Finds the word that was probably meant.</summary>
public static class Nearest
{
    /// <summary>The candidate fewest edits away, or null when none is near: at most a third of the letters may differ.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var ranked = candidates.Select(c => (Word: c, Edits: Edits(word, c))).OrderBy(c => c.Edits).ThenBy(c => c.Word, StringComparer.Ordinal);
        var best = ranked.FirstOrDefault();
        return best.Word is not null && best.Edits <= Math.Max(1, word.TrimStart('-').Length / 3) ? best.Word : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment).</summary>
    public static int Edits(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
