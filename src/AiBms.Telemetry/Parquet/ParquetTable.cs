using System.Text;
using AiBms.Telemetry.Csv;
using AiBms.Telemetry.Readings;
using global::Parquet;
using global::Parquet.Schema;

namespace AiBms.Telemetry.Parquet;

/// <summary>A Parquet file as a table; nested columns are left out.</summary>
sealed class ParquetTable : ITable, IDisposable
{
    /// <summary>A column of so many doubles takes 1.6 GB.</summary>
    const long MostRows = 200_000_000;

    const double SecondsPerTick = 1.0 / TimeSpan.TicksPerSecond;

    readonly ParquetReader _reader;
    readonly DataField[] _fields;
    readonly string _path;

    /// <param name="contents">The file, seekable; read until disposal, not disposed.</param>
    /// <param name="path">For the sentence.</param>
    public ParquetTable(Stream contents, string path)
    {
        _path = path;
        if (!ParquetFooter.IsWhole(contents)) throw new DataException($"{path} is damaged or cut short (its Parquet footer is not whole); copy it again.");
        _reader = ParquetReader.CreateAsync(contents, new ParquetOptions { TreatByteArrayAsString = true }).GetAwaiter().GetResult();
        _fields = [.. _reader.Schema.GetDataFields().Where(field => !field.IsArray && field.MaxRepetitionLevel == 0)];
        Names = [.. _fields.Select(field => field.Name)];
        long rows = _reader.RowGroups.Sum(group => group.RowCount);
        if (rows is < 0 or > MostRows)
            throw new DataException($"{path} states {rows} rows; the door opens up to {MostRows}, so split it.");
        RowCount = (int)rows;
    }

    /// <inheritdoc/>
    public string Container => "parquet";

    /// <inheritdoc/>
    public string[] Names { get; }

    /// <inheritdoc/>
    public int RowCount { get; }

    /// <inheritdoc/>
    public double[] Numbers(ColumnBinding binding)
    {
        DataField field = _fields[binding.Index];
        Type type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        if (type == typeof(double))
            return Read<double>(field, value => value);
        if (type == typeof(float))
            return Read<float>(field, value => value);
        if (type == typeof(int))
            return Read<int>(field, value => value);
        if (type == typeof(long))
            return Read<long>(field, value => value);
        if (type == typeof(short))
            return Read<short>(field, value => value);
        if (type == typeof(sbyte))
            return Read<sbyte>(field, value => value);
        if (type == typeof(byte))
            return Read<byte>(field, value => value);
        if (type == typeof(ushort))
            return Read<ushort>(field, value => value);
        if (type == typeof(uint))
            return Read<uint>(field, value => value);
        if (type == typeof(ulong))
            return Read<ulong>(field, value => value);
        if (type == typeof(decimal))
            return Read<decimal>(field, value => (double)value);
        if (type == typeof(bool))
            return Read<bool>(field, value => value ? 1 : 0);
        if (type == typeof(DateTime))
            return Read<DateTime>(field, value => value.Ticks * SecondsPerTick);
        return IsText(field)
            ? [.. Words(binding.Index).Select(word => Parse(word, binding.Form))]
            : throw new DataException($"{_path}: the Parquet column {field.Name} holds {type.Name}, which the door does not read.");
    }

    /// <inheritdoc/>
    public string[] Words(int column)
    {
        DataField field = _fields[column];
        if (!IsText(field))
            return [.. Numbers(new(Role.Extra, column, "", "", "")).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        string[] words = new string[RowCount];
        ReadGroups((group, rows) =>
        {
            string?[] part = new string?[rows.Length];
            group.ReadAsync(field, part.AsMemory()!).AsTask().GetAwaiter().GetResult();
            for (int i = 0; i < rows.Length; i++)
                words[rows.Start + i] = part[i] ?? "";
        });
        return words;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    double[] Read<T>(DataField field, Func<T, double> number) where T : struct
    {
        double[] numbers = new double[RowCount];
        ReadGroups((group, rows) =>
        {
            if (field.IsNullable)
            {
                T?[] part = new T?[rows.Length];
                group.ReadAsync<T>(field, part.AsMemory()).AsTask().GetAwaiter().GetResult();
                for (int i = 0; i < rows.Length; i++)
                    numbers[rows.Start + i] = part[i] is { } value ? number(value) : double.NaN;
            }
            else
            {
                T[] part = new T[rows.Length];
                group.ReadAsync<T>(field, part.AsMemory()).AsTask().GetAwaiter().GetResult();
                for (int i = 0; i < rows.Length; i++)
                    numbers[rows.Start + i] = number(part[i]);
            }
        });
        return numbers;
    }

    void ReadGroups(Action<ParquetRowGroupReader, (int Start, int Length)> read)
    {
        int start = 0;
        for (int i = 0; i < _reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = _reader.OpenRowGroupReader(i);
            read(group, (start, (int)group.RowCount));
            start += (int)group.RowCount;
        }
    }

    static double Parse(string word, FieldForm form)
    {
        byte[] field = Encoding.UTF8.GetBytes(word.Trim());
        int at = 0;
        return form switch
        {
            FieldForm.Clock => ClockParser.TryRead(field, (byte)'.', out double seconds) ? seconds : double.NaN,
            FieldForm.Timestamp => TimestampParser.TryRead(field, dayFirst: false, out long ticks) ? ticks * SecondsPerTick : double.NaN,
            _ => NumberParser.TryRead(field, ref at, (byte)'.', out double number) && at == field.Length ? number : double.NaN,
        };
    }
}
