namespace AiBms.Telemetry.Csv;

/// <summary>Field separators that recordings are known to use.</summary>
public static class Delimiters
{
    const string Known = ",;\t|";

    /// <summary>The known separator that a line has most of; a comma when it has none.</summary>
    public static char Guess(string line)
    {
        char best = ',';
        int most = 0;
        foreach (char candidate in Known)
        {
            int count = line.AsSpan().Count(candidate);
            if (count > most)
                (best, most) = (candidate, count);
        }

        return best;
    }

    /// <summary>The separator in words.</summary>
    public static string Word(char delimiter) => delimiter switch
    {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "bar",
        _ => "blank",
    };
}
