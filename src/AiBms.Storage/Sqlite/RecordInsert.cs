using AiBms.Telemetry.Frames;
using Microsoft.Data.Sqlite;

namespace AiBms.Storage.Sqlite;

/// <summary>The one statement that runs for every record: prepared once.</summary>
sealed class RecordInsert(SqliteCommand command) : IDisposable
{
    public const string Text = "INSERT INTO records VALUES (@pack, @epoch, @seq, @end, @kind, @time, @body) ON CONFLICT DO NOTHING";

    /// <summary>Inserts a record within the transaction that is open.</summary>
    /// <returns>False where it was there already.</returns>
    public bool Run(SqliteTransaction transaction, string pack, long epoch, Record record)
    {
        command.Transaction = transaction;
        var values = command.Parameters;
        (values[0].Value, values[1].Value, values[2].Value, values[3].Value) = (pack, epoch, record.Seq, record.SeqEnd);
        (values[4].Value, values[5].Value, values[6].Value) = ((int)record.Kind, record.TimeMs, record.Body);
        return command.ExecuteNonQuery() == 1;
    }

    public void Dispose() => command.Dispose();
}
