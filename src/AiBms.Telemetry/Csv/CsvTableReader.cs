using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Csv;

/// <summary>Reads the bound columns of delimited text into arrays, row by row, and flags the rows it cannot read.</summary>
sealed class CsvTableReader
{
    const int RowsListed = 5, LongestShown = 20;

    static readonly byte[][] s_absent = [[.. "nan"u8], [.. "na"u8], [.. "n/a"u8], [.. "null"u8], [.. "none"u8], [.. "-"u8], [.. "--"u8], [.. "---"u8], [.. "inf"u8], [.. "-inf"u8]];

    const byte LineFeed = (byte)'\n', Return = (byte)'\r', Quote = (byte)'"', Comment = (byte)'#';

    readonly ByteWindow _window;
    readonly ColumnBinding[] _bindings;
    readonly int[] _bindingOfColumn;
    readonly byte _delimiter, _decimalMark, _lineEnd;
    readonly bool _dayFirst;
    readonly double[]?[] _numbers;
    readonly WordColumn?[] _words;
    readonly LineMap _lines = new();
    readonly List<byte[]> _quoted = [];
    RowFlags[] _flags = [];
    readonly List<int> _unreadableRows = [];
    int _rowCount, _usualFields = -1, _blankLines, _commentLines, _unreadable;
    bool _isUnended;
    string _firstUnreadable = "";
    long _clockOrigin = -1;

    /// <param name="window">Stands at the first line of values.</param>
    /// <param name="layout">Which columns to read.</param>
    /// <param name="form">How the text is written.</param>
    public CsvTableReader(ByteWindow window, Layout layout, TextForm form)
    {
        _window = window;
        _bindings = [.. layout.Columns];
        _delimiter = (byte)layout.Delimiter;
        (_decimalMark, _lineEnd, _dayFirst) = ((byte)form.DecimalMark, form.LineEndsWithReturn ? Return : LineFeed, form.DayFirst);
        _bindingOfColumn = new int[_bindings.Max(binding => binding.Index) + 1];
        Array.Fill(_bindingOfColumn, -1);
        // A column that has two meanings is read for the first and copied for the second.
        for (int i = _bindings.Length - 1; i >= 0; i--)
            _bindingOfColumn[_bindings[i].Index] = i;
        _numbers = [.. _bindings.Select(binding => binding.Form == FieldForm.Text ? null : Array.Empty<double>())];
        _words = [.. _bindings.Select(binding => binding.Form == FieldForm.Text ? new WordColumn() : null)];
    }

    /// <summary>Reads to the end of the file.</summary>
    /// <param name="firstLine">Number, from 1, of the line at which the window stands.</param>
    public RawTable Read(int firstLine)
    {
        int line = firstLine;
        while (true)
        {
            ReadOnlySpan<byte> rest = _window.Data[_window.Start..];
            if (rest.IsEmpty && _window.IsFinal)
                break;
            int end = rest.IndexOfAny(_lineEnd, Quote);
            if (end >= 0 && rest[end] == Quote)
            {
                if (!ReadQuotedRow(rest, ref line))
                    _window.Fill();
                continue;
            }

            if (end < 0 && !_window.IsFinal)
            {
                _window.Fill();
                continue;
            }

            _isUnended = end < 0;
            ReadPlainRow(end < 0 ? rest : rest[..end], line++);
            _window.Start += end < 0 ? rest.Length : end + 1;
        }

        return Finish();
    }

    RawTable Finish()
    {
        for (int i = 0; i < _numbers.Length; i++)
        {
            if (_numbers[i] is not null)
                Array.Resize(ref _numbers[i], _rowCount);
        }

        for (int i = 0; i < _bindings.Length; i++)
        {
            if (_numbers[i] is not null && _bindingOfColumn[_bindings[i].Index] != i)
                _numbers[i] = [.. _numbers[_bindingOfColumn[_bindings[i].Index]]!];
        }

        Array.Resize(ref _flags, _rowCount);
        return new()
        {
            Numbers = _numbers,
            Words = _words,
            Flags = _flags,
            Lines = _lines,
            BlankLines = _blankLines,
            CommentLines = _commentLines,
            IsCut = _isUnended && _rowCount > 0 && (_flags[^1] & RowFlags.Malformed) != RowFlags.None,
            UnreadableCount = _unreadable,
            UnreadableRows = _unreadableRows,
            FirstUnreadable = _firstUnreadable,
            ClockOrigin = _clockOrigin < 0 ? null : new DateTime(_clockOrigin, DateTimeKind.Unspecified),
        };
    }

    void ReadPlainRow(ReadOnlySpan<byte> row, int line)
    {
        if (row.Length > 0 && row[^1] == Return)
            row = row[..^1];
        if (!BeginRow(row, line))
            return;
        int at = 0, column = 0;
        RowFlags flags = RowFlags.None;
        while (true)
        {
            int binding = column < _bindingOfColumn.Length ? _bindingOfColumn[column] : -1;
            if (binding < 0)
            {
                if (column >= _bindingOfColumn.Length)
                {
                    column += row[at..].Count(_delimiter);
                    break;
                }

                int next = row[at..].IndexOf(_delimiter);
                at = next < 0 ? row.Length : at + next;
            }
            else if (_numbers[binding] is { } numbers && _bindings[binding].Form == FieldForm.Number
                && NumberParser.TryRead(row, ref at, _decimalMark, out double value) && (at == row.Length || row[at] == _delimiter))
            {
                numbers[_rowCount] = value;
            }
            else
            {
                // Back to the start of the field: the number, if there was one, did not fill it.
                int start = row[..at].LastIndexOf(_delimiter) + 1;
                int next = row[start..].IndexOf(_delimiter);
                at = next < 0 ? row.Length : start + next;
                flags |= ReadField(binding, row[start..at]);
            }

            if (at >= row.Length)
                break;
            at++;
            column++;
        }

        EndRow(column + 1, flags);
    }

    bool ReadQuotedRow(ReadOnlySpan<byte> rest, ref int line)
    {
        int used = CsvRow.Read(rest, _delimiter, _window.IsFinal, _quoted);
        if (used < 0)
            return false;
        if (BeginRow(rest[..used], line))
        {
            RowFlags flags = RowFlags.None;
            for (int column = 0; column < Math.Min(_quoted.Count, _bindingOfColumn.Length); column++)
            {
                if (_bindingOfColumn[column] >= 0)
                    flags |= ReadField(_bindingOfColumn[column], _quoted[column]);
            }

            EndRow(_quoted.Count, flags);
        }

        line += Math.Max(1, rest[..used].Count(_lineEnd));
        _window.Start += used;
        return true;
    }

    /// <summary>Counts lines that hold no row, and makes room for one that does.</summary>
    bool BeginRow(ReadOnlySpan<byte> row, int line)
    {
        if (row.IsEmpty || row.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            _blankLines++;
            return false;
        }

        if (row[0] == Comment)
        {
            _commentLines++;
            return false;
        }

        if (_rowCount == _flags.Length)
            Grow(row.Length);
        foreach (double[]? column in _numbers)
        {
            if (column is not null)
                column[_rowCount] = double.NaN;
        }

        _lines.Add(_rowCount, line);
        return true;
    }

    void Grow(int rowLength)
    {
        // The first guess takes the window to be full of rows like this one; a file that fits it never grows again.
        int size = Math.Max(_rowCount * 2, (_window.End - _window.Start) / (rowLength + 1) + 16);
        for (int i = 0; i < _numbers.Length; i++)
        {
            if (_numbers[i] is not null)
                Array.Resize(ref _numbers[i], size);
        }

        Array.Resize(ref _flags, size);
    }

    RowFlags ReadField(int binding, ReadOnlySpan<byte> field)
    {
        field = field.Trim((byte)' ');
        if (_words[binding] is { } words)
        {
            words.Add(field);
            return RowFlags.None;
        }

        int at = 0;
        double value = double.NaN;
        bool read = _bindings[binding].Form switch
        {
            FieldForm.Clock => ClockParser.TryRead(field, _decimalMark, out value),
            FieldForm.Timestamp => TryReadTimestamp(field, out value),
            _ => NumberParser.TryRead(field, ref at, _decimalMark, out value) && at == field.Length,
        };
        _numbers[binding]![_rowCount] = read ? value : double.NaN;
        if (!read && !IsAbsent(field)) NoteUnreadable(binding, field);
        return read || _bindings[binding].Role is not (Role.Time or Role.Voltage or Role.Current) ? RowFlags.None : RowFlags.MissingValue;
    }

    /// <summary>True where a field says that there is no value, in the words that recorders use for it.</summary>
    static bool IsAbsent(ReadOnlySpan<byte> field)
    {
        foreach (byte[] word in s_absent)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(field, word))
                return true;
        }

        return field.IsEmpty;
    }

    void NoteUnreadable(int binding, ReadOnlySpan<byte> field)
    {
        if (_unreadable++ == 0) _firstUnreadable = $"'{System.Text.Encoding.UTF8.GetString(field[..Math.Min(field.Length, LongestShown)])}' under {_bindings[binding].FileName}";
        if (_unreadableRows.Count < RowsListed && (_unreadableRows.Count == 0 || _unreadableRows[^1] != _rowCount)) _unreadableRows.Add(_rowCount);
    }

    bool TryReadTimestamp(ReadOnlySpan<byte> field, out double seconds)
    {
        seconds = double.NaN;
        if (!TimestampParser.TryRead(field, _dayFirst, out long ticks))
            return false;
        if (_clockOrigin < 0)
            _clockOrigin = ticks;
        seconds = (ticks - _clockOrigin) / (double)TimeSpan.TicksPerSecond;
        return true;
    }

    void EndRow(int fields, RowFlags flags)
    {
        if (_usualFields < 0)
            _usualFields = fields;
        // A row may end in one empty field more or less; recorders are not strict about a last delimiter.
        if (fields < _bindingOfColumn.Length || Math.Abs(fields - _usualFields) > 1 || (_isUnended && fields < _usualFields))
            flags |= RowFlags.Malformed;
        foreach (WordColumn? words in _words)
        {
            if (words is not null && words.Count == _rowCount)
                words.Add(ReadOnlySpan<byte>.Empty);
        }

        _flags[_rowCount++] = flags;
    }
}
