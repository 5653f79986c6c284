using System.Text;
using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Csv;

/// <summary>A text file: finds its dialect and how its numbers are written, then reads it.</summary>
sealed class TextSource
{
    const int HeadLines = 240;

    readonly SourceFile _source;
    readonly ByteWindow _window;
    readonly List<string> _lines = [];
    readonly List<int> _lineStarts = [];
    readonly bool _endsWithReturn;

    /// <param name="source">Where the text comes from.</param>
    /// <param name="window">Over its contents, filled once.</param>
    public TextSource(SourceFile source, ByteWindow window)
    {
        (_source, _window) = (source, window);
        if (FileMagic.IsUtf16(window.Data))
            _window = Transcoded(window, source.Contents);
        if (_window.Data.StartsWith(Encoding.UTF8.Preamble))
            _window.Start = Encoding.UTF8.Preamble.Length;
        ReadOnlySpan<byte> text = _window.Data[_window.Start..];
        _endsWithReturn = !text.Contains((byte)'\n') && text.Contains((byte)'\r');
        SplitHead();
    }

    /// <summary>Reads the whole recording.</summary>
    /// <exception cref="DataException">No dialect knows the file, or something must be said by an option.</exception>
    public Recording Read(RecordingOptions options)
    {
        Layout layout = DialectCatalogue.Recognise(new FileHead(_source.Name, _lines), _source.Path);
        if (layout.FirstDataLine >= _lineStarts.Count)
            throw new DataException($"{_source.Path} has a header of the dialect {layout.Dialect} and no row under it.");
        if (layout.Columns.Count == 0)
            throw new DataException($"{_source.Path} has the header of the dialect {layout.Dialect} but none of its columns can be told apart; export it again.");
        TextForm form = TextSniffer.Form(layout, _lines, _endsWithReturn, options, _source.Path);
        _window.Start = _lineStarts[layout.FirstDataLine];
        RawTable raw = new CsvTableReader(_window, layout, form).Read(layout.FirstDataLine + 1);
        _source.CheckEnd(_window.TotalBytes);
        var facts = new Findings
        {
            Dialect = layout.Dialect,
            Container = _source.IsGzip ? "gzip text" : "text",
            Sha256 = _source.Sha256(),
            FileBytes = _source.Length,
            TextBytes = _window.TotalBytes,
            Delimiter = layout.Delimiter,
            DecimalComma = form.DecimalMark == ',',
        };
        return new RecordingAssembler(_source.Path, layout, raw, options).Assemble(facts);
    }

    static ByteWindow Transcoded(ByteWindow window, Stream rest)
    {
        Encoding encoding = window.Data[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        var whole = new MemoryStream();
        whole.Write(window.Data[2..]);
        rest.CopyTo(whole);
        byte[] text = Encoding.Convert(encoding, Encoding.UTF8, whole.ToArray());
        var converted = new ByteWindow(new MemoryStream(text), text.Length + 1);
        converted.Fill();
        return converted;
    }

    void SplitHead()
    {
        byte lineEnd = (byte)(_endsWithReturn ? '\r' : '\n');
        for (int at = _window.Start; at < _window.End && _lines.Count < HeadLines;)
        {
            int length = _window.Data[at..].IndexOf(lineEnd);
            // A line that the window cuts in two would be misread.
            if (length < 0 && !_window.IsFinal)
                break;
            ReadOnlySpan<byte> line = length < 0 ? _window.Data[at..] : _window.Data.Slice(at, length);
            _lineStarts.Add(at);
            _lines.Add(Decode(line.TrimEnd((byte)'\r')));
            at = length < 0 ? _window.End : at + length + 1;
        }
    }

    /// <summary>Text is UTF-8 unless it cannot be: instruments write "°C" in Latin-1.</summary>
    static string Decode(ReadOnlySpan<byte> line) =>
        System.Text.Unicode.Utf8.IsValid(line) ? Encoding.UTF8.GetString(line) : Encoding.Latin1.GetString(line);
}
