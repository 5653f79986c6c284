using System.Text;

namespace AiBms.Telemetry.Csv;

/// <summary>A column of words that repeat: each row holds the index of its word.</summary>
sealed class WordColumn
{
    readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    readonly List<string> _words = [];
    readonly List<int> _rows = [];
    byte[] _last = [];

    /// <summary>The different words, in order of appearance.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>How many rows.</summary>
    public int Count => _rows.Count;

    /// <summary>The index into <see cref="Words"/> of a row.</summary>
    public int this[int row] => _rows[row];

    /// <summary>Appends a row. Rows that repeat the one before cost no allocation.</summary>
    public void Add(ReadOnlySpan<byte> word)
    {
        if (_rows.Count > 0 && word.SequenceEqual(_last))
        {
            _rows.Add(_rows[^1]);
            return;
        }

        _last = word.ToArray();
        Add(Encoding.UTF8.GetString(word));
    }

    /// <summary>Appends a row.</summary>
    public void Add(string word)
    {
        if (!_indices.TryGetValue(word, out int index))
        {
            _indices.Add(word, index = _words.Count);
            _words.Add(word);
        }

        _rows.Add(index);
    }
}
