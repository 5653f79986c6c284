using AiBms.Telemetry.Frames;
using Npgsql;
using NpgsqlTypes;

namespace AiBms.Storage.Postgres;

/// <summary>Writes records by COPY, the fastest way in.</summary>
static class RecordCopy
{
    public static void Write(NpgsqlConnection connection, IEnumerable<(int Pack, long Epoch, Record Record)> records)
    {
        using var copy = connection.BeginBinaryImport("COPY records (pack, epoch, seq, seq_end, kind, time_ms, body, current_a, voltage_v, soc, hot_spot_degc, cell_mv, probe_ddegc) FROM STDIN (FORMAT BINARY)");
        foreach (var (pack, epoch, record) in records)
        {
            copy.StartRow();
            copy.Write(pack, NpgsqlDbType.Integer);
            copy.Write(epoch, NpgsqlDbType.Bigint);
            copy.Write(record.Seq, NpgsqlDbType.Bigint);
            copy.Write(record.SeqEnd, NpgsqlDbType.Bigint);
            copy.Write((short)record.Kind, NpgsqlDbType.Smallint);
            copy.Write(record.TimeMs, NpgsqlDbType.Bigint);
            copy.Write(record.Body, NpgsqlDbType.Bytea);
            var frame = record.Kind == RecordKind.Frame ? record.Frame() : null;
            Figure(copy, frame?.CurrentA);
            Figure(copy, frame?.VoltageV);
            Figure(copy, frame?.Soc);
            Figure(copy, frame?.HotSpotDegC);
            Figures(copy, frame?.CellVoltageV, 1000);
            Figures(copy, frame?.ProbeDegC, 10);
        }

        copy.Complete();
    }

    static void Figure(NpgsqlBinaryImporter copy, double? value)
    {
        if (value is { } known && double.IsFinite(known)) copy.Write((float)known, NpgsqlDbType.Real);
        else copy.WriteNull();
    }

    static void Figures(NpgsqlBinaryImporter copy, double[]? values, double factor)
    {
        if (values is not { Length: > 0 })
        {
            copy.WriteNull();
            return;
        }

        // What does not fit is as good as missing here; the body has it as it came.
        if (Array.TrueForAll(values, v => Fits(factor * v))) copy.Write(Array.ConvertAll(values, v => (short)Math.Round(factor * v)), NpgsqlDbType.Array | NpgsqlDbType.Smallint);
        else copy.Write(Array.ConvertAll(values, v => Fits(factor * v) ? (short?)Math.Round(factor * v) : null), NpgsqlDbType.Array | NpgsqlDbType.Smallint);
    }

    static bool Fits(double value) => Math.Abs(value) < short.MaxValue;
}
