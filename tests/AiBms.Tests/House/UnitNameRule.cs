using System.Text.RegularExpressions;

namespace AiBms.Tests.House;

/// <summary>Decides whether the name of a floating-point number says what it is, by <see cref="UnitNames"/>.</summary>
static partial class UnitNameRule
{
    static readonly string Atom = $"(?:{string.Join('|', UnitNames.Units.OrderByDescending(u => u.Length))})[23]?";

    // A unit follows a lower-case letter, a digit or a Greek capital; "currentA" and "R0Ohm" do, "CELSIUSA" does not.
    static readonly Regex UnitEnd = new($"[\\p{{Ll}}\\d](?:{Atom})+(?:Per(?:{Atom})+)*$|[\\p{{Ll}}\\d]Per(?:{Atom})+$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"^\w{1,2}\d?$")]
    private static partial Regex Letter { get; }

    /// <summary>The name says its unit, or is the name of a pure number.</summary>
    /// <param name="name">Of a parameter, property or field.</param>
    /// <param name="hasKey">The remarks carry a key to the letters of a paper.</param>
    /// <param name="isVector">An array or span, whose entries may differ.</param>
    public static bool Says(string name, bool hasKey, bool isVector = false)
    {
        string bare = name.TrimStart('_');
        if (hasKey && Letter.IsMatch(bare)) return true;
        if (isVector && UnitNames.Mixed.Any(m => EndsInWord(bare, m))) return true;
        bool isStripped = true;
        while (isStripped)
        {
            if (UnitEnd.IsMatch(bare) || UnitNames.PureNumbers.Any(p => EndsInWord(bare, p))) return true;
            string? qualifier = UnitNames.Qualifiers.FirstOrDefault(q => bare.Length > q.Length && EndsInWord(bare, q));
            isStripped = qualifier is not null;
            if (isStripped) bare = bare[..^qualifier!.Length];
        }

        return false;
    }

    /// <summary>"soc", "Soc" and "startSoc" end in the word Soc; "mysoc" does not.</summary>
    static bool EndsInWord(string name, string word) =>
        name.EndsWith(word, StringComparison.Ordinal) || name.Equals(word, StringComparison.OrdinalIgnoreCase);
}
