using AiBms.Telemetry.Frames;
using Microsoft.Data.Sqlite;

namespace AiBms.Telemetry.Journal;

/// <summary>Store and forward: records get their numbers here, become durable in groups, and go when they are acknowledged.</summary>
/// <remarks>
/// Only what is durable is handed out for sending, so a record that was sent once is never taken back by a loss of power, and numbers have
/// no gap but those a gap record stands for. One thread appends at a time for each pack; all methods may be called from any thread.
/// </remarks>
public sealed class PackJournal : IDisposable
{
    /// <summary>Records that wait in memory while the disk takes nothing: beyond, the oldest are thinned out, then dropped, as on the disk.</summary>
    const int MostHeld = 10_000;

    static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    readonly JournalOptions _options;
    readonly TimeProvider _time;
    readonly JournalFile _file;
    readonly Lock _queueLock = new(), _fileLock = new();
    readonly Dictionary<string, JournalPack> _packs;
    readonly Thread? _writer;
    readonly AutoResetEvent _isWork = new(false);
    List<(JournalPack Pack, Record Record)> _queue = [];
    List<(string Pack, string Name, byte[] Body)> _checkpoints = [];
    volatile string _problem = "";
    volatile bool _isClosing;

    /// <param name="options">Where and how.</param>
    /// <param name="time">Clock for the epoch of a new pack.</param>
    /// <param name="commitsItself">True for a thread of its own that commits in groups; false where whoever owns it calls <see cref="Commit"/>.</param>
    /// <exception cref="DataException">The file cannot be used.</exception>
    public PackJournal(JournalOptions options, TimeProvider time, bool commitsItself = true)
    {
        (_options, _time) = (options.Validated(), time);
        _file = new(options.Path);
        try
        {
            _packs = _file.Packs().ToDictionary(p => p.Name, StringComparer.Ordinal);
        }
        catch (SqliteException problem)
        {
            _file.Dispose();
            throw new DataException($"The journal {options.Path} cannot be read ({problem.Message.TrimEnd('.')}): is the disk full? Make room, or give another file.", problem);
        }

        if (!commitsItself) return;
        _writer = new(Write) { IsBackground = true, Name = "journal" };
        _writer.Start();
    }

    /// <summary>Called on the writer's thread after each commit; null for nobody.</summary>
    public Action? OnCommitted { get; set; }

    /// <summary>Why the disk took nothing when it was last asked; empty while it does. What is appended meanwhile waits in memory.</summary>
    public string Problem => _problem;

    /// <summary>Packs that have records or had them.</summary>
    public IReadOnlyList<string> Packs
    {
        get { lock (_queueLock) return [.. _packs.Keys]; }
    }

    /// <summary>Which journal of a pack this is: another number where the file was lost and begun anew.</summary>
    public long Epoch(string pack) => Pack(pack).Epoch;

    /// <summary>Gives a record its number and queues it; it is durable after the next commit.</summary>
    /// <returns>Its number.</returns>
    public long Append(string pack, RecordKind kind, long timeMs, byte[] body)
    {
        var known = Pack(pack);
        long seq;
        lock (_queueLock)
        {
            seq = known.NextSeq++;
            _queue.Add((known, new(seq, seq, kind, timeMs, body)));
            if (_queue.Count > MostHeld && _problem.Length > 0) JournalTrim.Make(_queue, known, _options.ThinTo);
        }

        _isWork.Set();
        return seq;
    }

    /// <summary>Keeps a state under a name, durable after the next commit; a later one replaces it.</summary>
    public void Keep(string pack, string name, byte[] body)
    {
        lock (_queueLock) _checkpoints.Add((pack, name, body));
        _isWork.Set();
    }

    /// <summary>The state that was kept last; null where there is none or it was damaged.</summary>
    public byte[]? Kept(string pack, string name)
    {
        lock (_fileLock)
        {
            using var command = _file.Command("SELECT body, crc FROM checkpoints WHERE pack = @pack AND name = @name", ("@pack", pack), ("@name", name));
            using var rows = command.ExecuteReader();
            return rows.Read() && (byte[])rows[0] is var body && Checksums.Of(body) == (uint)rows.GetInt64(1) ? body : null;
        }
    }

    /// <summary>The oldest durable records that are not acknowledged.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="afterSeq">Only those after this number, where some are on their way already.</param>
    /// <param name="most">At most so many.</param>
    public IReadOnlyList<Record> Waiting(string pack, long afterSeq, int most)
    {
        var known = Pack(pack);
        lock (_fileLock) return _file.Read(known.Id, Math.Max(afterSeq, known.AcknowledgedSeq), known.DurableSeq, most);
    }

    /// <summary>The other side has everything up to a number, durably: the records go.</summary>
    public void Acknowledge(string pack, long seq)
    {
        var known = Pack(pack);
        lock (_fileLock)
        {
            if (seq <= known.AcknowledgedSeq) return;
            using var transaction = _file.Begin();
            var gone = Count(known, seq);
            _file.Do("DELETE FROM records WHERE pack = @pack AND seq <= @seq", ("@pack", known.Id), ("@seq", seq));
            _file.Do("UPDATE packs SET acknowledged = @seq WHERE id = @id", ("@seq", seq), ("@id", known.Id));
            transaction.Commit();
            known.AcknowledgedSeq = seq;
            (known.WaitingCount, known.WaitingBytes) = (known.WaitingCount - gone.Count, known.WaitingBytes - gone.Bytes);
        }
    }

    /// <summary>True where every record that was appended is acknowledged.</summary>
    public bool IsSent(string pack)
    {
        var known = Pack(pack);
        lock (_queueLock) return known.AcknowledgedSeq == known.NextSeq - 1;
    }

    /// <summary>How full the journal of a pack is.</summary>
    public JournalStatus Status(string pack)
    {
        var known = Pack(pack);
        lock (_fileLock)
        {
            var oldest = _file.Read(known.Id, known.AcknowledgedSeq, known.DurableSeq, 1);
            return new(known.WaitingCount, oldest.Count == 0 ? null : oldest[0].TimeMs, known.DroppedCount, known.DurableSeq);
        }
    }

    /// <summary>Closes the file; where the journal commits itself, what is queued is written before.</summary>
    public void Dispose()
    {
        _isClosing = true;
        _isWork.Set();
        _writer?.Join();
        _file.Dispose();
        _isWork.Dispose();
    }

    (long Count, long Bytes) Count(JournalPack pack, long seq)
    {
        using var command = _file.Command("SELECT COUNT(*), COALESCE(SUM(LENGTH(body) + 40), 0) FROM records WHERE pack = @pack AND seq <= @seq", ("@pack", pack.Id), ("@seq", seq));
        using var rows = command.ExecuteReader();
        rows.Read();
        return (rows.GetInt64(0), rows.GetInt64(1));
    }

    JournalPack Pack(string name)
    {
        lock (_queueLock) if (_packs.TryGetValue(name, out var known)) return known;
        if (!PackIds.IsValid(name)) throw new ArgumentException($"'{name}' is no name for a pack: {PackIds.Rule}", nameof(name));
        lock (_fileLock)
        {
            // Random in its low bits: two journals begun in the same second are still told apart. From a GUID, so that no OpenSSL is needed.
            long epoch = (_time.GetUtcNow().ToUnixTimeSeconds() << 16) + (Guid.NewGuid().GetHashCode() & 0xFFFF);
            _file.Do("INSERT INTO packs (name, epoch, next, acknowledged, dropped) VALUES (@name, @epoch, 1, 0, 0) ON CONFLICT DO NOTHING", ("@name", name), ("@epoch", epoch));
            var added = _file.Packs().Find(p => p.Name == name)!;
            lock (_queueLock) return _packs.TryAdd(name, added) ? added : _packs[name];
        }
    }

    void Write()
    {
        bool isLast;
        do
        {
            isLast = _isClosing;
            _isWork.WaitOne(_problem.Length > 0 ? s_again : Timeout.InfiniteTimeSpan);
            if (!_isClosing) Thread.Sleep(_options.GroupCommit);
            try
            {
                Commit();
                _problem = "";
            }
            catch (Exception problem) when (problem is SqliteException or IOException)
            {
                // A disk that is full does not end the protection of a pack: what waits is tried again, and whoever asks hears of it.
                _problem = problem.Message;
                if (!_isClosing) Thread.Sleep(s_again);
            }

            if (_isClosing) _isWork.Set();
        }
        while (!isLast);
    }

    /// <summary>Writes what is queued: durable on return. Where that fails it stays queued.</summary>
    public void Commit()
    {
        List<(JournalPack Pack, Record Record)> records;
        List<(string Pack, string Name, byte[] Body)> checkpoints;
        lock (_queueLock) (records, _queue, checkpoints, _checkpoints) = (_queue, [], _checkpoints, []);
        if (records.Count == 0 && checkpoints.Count == 0) return;
        try
        {
            Put(records, checkpoints);
        }
        catch
        {
            lock (_queueLock)
            {
                _queue.InsertRange(0, records);
                // A later state of the same name counts.
                _checkpoints.InsertRange(0, checkpoints.Where(c => !_checkpoints.Exists(later => later.Pack == c.Pack && later.Name == c.Name)));
            }

            throw;
        }

        // What is committed stays committed, whether there is room to make room or not.
        OnCommitted?.Invoke();
        lock (_fileLock) Trim();
    }

    void Put(List<(JournalPack Pack, Record Record)> records, List<(string Pack, string Name, byte[] Body)> checkpoints)
    {
        lock (_fileLock)
        {
            using var transaction = _file.Begin();
            foreach (var (pack, record) in records) _file.Insert(pack.Id, record);
            foreach (var group in records.GroupBy(r => r.Pack))
                _file.Do("UPDATE packs SET next = @next WHERE id = @id", ("@next", group.Last().Record.SeqEnd + 1), ("@id", group.Key.Id));
            foreach (var (pack, name, body) in checkpoints)
                _file.Do("INSERT OR REPLACE INTO checkpoints VALUES (@pack, @name, @body, @crc)", ("@pack", pack), ("@name", name), ("@body", body), ("@crc", (long)Checksums.Of(body)));
            transaction.Commit();
            foreach (var (pack, record) in records)
                (pack.DurableSeq, pack.WaitingCount, pack.WaitingBytes) = (record.SeqEnd, pack.WaitingCount + 1, pack.WaitingBytes + JournalTrim.Size(record));
        }
    }

    void Trim()
    {
        JournalPack[] packs;
        lock (_queueLock) packs = [.. _packs.Values];
        while (packs.Sum(p => p.WaitingBytes) > _options.MostBytes)
        {
            long before = packs.Sum(p => p.WaitingBytes);
            var fullest = packs.MaxBy(p => p.WaitingBytes)!;
            var counts = (fullest.WaitingCount, fullest.WaitingBytes, fullest.DroppedCount);
            try
            {
                using var transaction = _file.Begin();
                JournalTrim.Make(_file, fullest, _options.ThinTo);
                transaction.Commit();
            }
            catch
            {
                (fullest.WaitingCount, fullest.WaitingBytes, fullest.DroppedCount) = counts;
                throw;
            }

            if (packs.Sum(p => p.WaitingBytes) >= before) return;
        }
    }
}
