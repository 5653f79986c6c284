namespace AiBms.Telemetry.Csv;

/// <summary>Finds the line of a row. Rows follow each other line by line except where a blank line, a comment or a quoted line end stands between.</summary>
sealed class LineMap
{
    readonly List<(int Row, int Line)> _breaks = [];
    int _nextLine = int.MinValue;

    /// <summary>Says that a row begins on a line (both counted on: rows from 0, lines from 1). Rows must come in order.</summary>
    public void Add(int row, int line)
    {
        if (line != _nextLine)
            _breaks.Add((row, line));
        _nextLine = line + 1;
    }

    /// <summary>The line, from 1, on which a row begins; the row's own number, from 1, when no lines were given.</summary>
    public int LineOf(int row)
    {
        int low = 0, high = _breaks.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_breaks[middle].Row <= row)
                low = middle;
            else
                high = middle - 1;
        }

        return _breaks.Count == 0 ? row + 1 : _breaks[low].Line + row - _breaks[low].Row;
    }
}
