using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AiBms.Tests.Telemetry.Journal;

/// <summary>Numbers have no gap but those that a gap record stands for, and nothing waits less than until it is acknowledged.</summary>
public sealed class PackJournalTests : IDisposable
{
    const string Pack = "car-1";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");

    string FilePath => Path.Combine(_folder.FullName, "journal.db");

    [Fact]
    public void WhatWasAppendedIsThereAfterAReopenUnderTheSameNumbers()
    {
        long epoch;
        using (var journal = Open())
        {
            for (int k = 1; k <= 20; k++) Assert.Equal(k, journal.Append(Pack, RecordKind.Frame, k, [(byte)k]));
            journal.Keep(Pack, "state", [1, 2, 3]);
            epoch = journal.Epoch(Pack);
        }

        using var again = Open();
        Assert.Equal(epoch, again.Epoch(Pack));
        Assert.Equal(Enumerable.Range(1, 20).Select(k => ((long)k, (byte)k)), again.Waiting(Pack, 0, 100).Select(r => (r.Seq, r.Body[0])));
        Assert.Equal([1, 2, 3], again.Kept(Pack, "state"));
        Assert.Equal(21, again.Append(Pack, RecordKind.Frame, 21, []));
    }

    /// <summary>Closing begins while a commit is under way that does not hold the last record.</summary>
    [Fact]
    public async Task ClosingWritesWhatIsQueued()
    {
        using ManualResetEventSlim inCommit = new(), go = new();
        var journal = Open();
        journal.OnCommitted = () =>
        {
            inCommit.Set();
            go.Wait(TestContext.Current.CancellationToken);
        };
        journal.Append(Pack, RecordKind.Frame, 1, [1]);
        inCommit.Wait(TestContext.Current.CancellationToken);
        journal.Append(Pack, RecordKind.Frame, 2, [2]);
        var closing = Task.Run(journal.Dispose, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        go.Set();
        await closing;
        using var again = Open();
        Assert.Equal([1, 2], again.Waiting(Pack, 0, 10).Select(r => r.Seq));
    }

    /// <summary>While the disk takes nothing appending goes on, and afterwards every number is there: for longer than memory holds, by gaps that say so.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(15_000)]
    public async Task ADiskThatTakesNothingIsWaitedFor(int count)
    {
        using var patience = Patience();
        var stop = patience.Token;
        using var journal = Open();
        journal.Append(Pack, RecordKind.Frame, 1, [1]);
        while (journal.Status(Pack).LastSeq < 1) await Task.Delay(10, stop);
        await using (SqliteConnection other = new($"Data Source={FilePath};Pooling=False"))
        {
            await other.OpenAsync(stop);
            await using var holding = other.CreateCommand();
            holding.CommandText = "BEGIN IMMEDIATE";
            await holding.ExecuteNonQueryAsync(stop);
            journal.Append(Pack, RecordKind.Frame, 2, [2]);
            while (journal.Problem.Length == 0) await Task.Delay(50, stop);
            for (int k = 3; k <= count; k++) journal.Append(Pack, RecordKind.Frame, k, [(byte)k]);
            Assert.Equal(1, journal.Status(Pack).LastSeq);
        }

        while (journal.Status(Pack).LastSeq < count || journal.Problem.Length > 0) await Task.Delay(50, stop);
        var all = journal.Waiting(Pack, 0, count);
        long next = 1;
        foreach (var record in all)
        {
            Assert.Equal(next, record.Seq);
            next = record.SeqEnd + 1;
        }

        Assert.Equal(count + 1, next);
        Assert.Equal(count > 10_000, all.Any(r => r.Kind == RecordKind.Gap));
    }

    /// <summary>The disk takes the records and then nothing, so no room can be made: what was committed is not written again, and it goes on.</summary>
    [Fact]
    public async Task WhereNoRoomCanBeMadeWhatIsWrittenStaysWritten()
    {
        const int Least = 1 << 16, Count = 8;
        using var patience = Patience();
        var stop = patience.Token;
        using var journal = new PackJournal(new() { Path = FilePath, MostBytes = Least }, TimeProvider.System);
        await using SqliteConnection other = new($"Data Source={FilePath};Pooling=False");
        await other.OpenAsync(stop);
        await using var holding = other.CreateCommand();
        holding.CommandText = "BEGIN IMMEDIATE";
        bool isHeld = false;
        journal.OnCommitted = () =>
        {
            if (isHeld) return;
            isHeld = true;
            holding.ExecuteNonQuery();
        };
        for (int k = 1; k <= Count; k++) journal.Append(Pack, RecordKind.Frame, k, new byte[Least / 4]);
        while (journal.Problem.Length == 0) await Task.Delay(50, stop);
        await other.CloseAsync();
        journal.Append(Pack, RecordKind.Frame, Count + 1, [1]);
        while (journal.Status(Pack).LastSeq < Count + 1 || journal.Problem.Length > 0) await Task.Delay(50, stop);
        var all = journal.Waiting(Pack, 0, 100);
        Assert.Contains(all, r => r.Kind == RecordKind.Gap);
        Assert.Equal((1L, Count + 1L), (all[0].Seq, all[^1].SeqEnd));
        Assert.True(all.Zip(all.Skip(1)).All(pair => pair.Second.Seq == pair.First.SeqEnd + 1), "a number is missing or twice");
        Assert.Equal(all.Where(r => r.Kind == RecordKind.Gap).Sum(r => r.SeqEnd - r.Seq + 1), journal.Status(Pack).DroppedCount);
    }

    /// <summary>What waits for a disk that never comes back is a failure, not a wait without end.</summary>
    static CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        return patience;
    }

    [Fact]
    public void AcknowledgedRecordsGoAndStayGone()
    {
        Fill(10, 1);
        using (var journal = Open())
        {
            journal.Acknowledge(Pack, 7);
            Assert.Equal([8, 9, 10], journal.Waiting(Pack, 0, 100).Select(r => r.Seq));
            Assert.Equal(new JournalStatus(3, 8, 0, 10), journal.Status(Pack));
        }

        using var again = Open();
        again.Acknowledge(Pack, 3);
        Assert.Equal([8, 9, 10], again.Waiting(Pack, 0, 100).Select(r => r.Seq));
    }

    [Fact]
    public void ADamagedRecordIsAGapThatSaysSo()
    {
        Fill(3, 8);
        using (SqliteConnection raw = new($"Data Source={FilePath};Pooling=False"))
        {
            raw.Open();
            using var command = raw.CreateCommand();
            command.CommandText = "UPDATE records SET body = x'00' WHERE seq = 2";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        using var journal = Open();
        var records = journal.Waiting(Pack, 0, 10);
        Assert.Equal([RecordKind.Frame, RecordKind.Gap, RecordKind.Frame], records.Select(r => r.Kind));
        Assert.Contains("damaged", GapNote.Of(records[1].Body).Why, StringComparison.Ordinal);
    }

    /// <summary>However much is dropped for room: every number is in exactly one record, and the count of the missing is that of the gaps.</summary>
    [Fact]
    public void AFullJournalAccountsForEveryNumber()
    {
        const int count = 4000;
        Fill(count, 60);
        using var journal = Open();
        var records = journal.Waiting(Pack, 0, count);
        long next = 1;
        foreach (var record in records)
        {
            Assert.Equal(next, record.Seq);
            next = record.SeqEnd + 1;
        }

        long missing = records.Where(r => r.Kind == RecordKind.Gap).Sum(r => r.SeqEnd - r.Seq + 1);
        Assert.Equal(count + 1, next);
        Assert.InRange(missing, 1, count - 1);
        Assert.Equal((missing, records.Count), (journal.Status(Pack).DroppedCount, journal.Status(Pack).WaitingCount));
    }

    [Fact]
    public void AFileThatIsNoJournalIsRefusedAndLeftAsItIs()
    {
        File.WriteAllText(FilePath, "something else altogether, and long enough to be no empty database");
        Assert.Contains(FilePath, Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
        Assert.StartsWith("something else", File.ReadAllText(FilePath), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    PackJournal Open() => new(new() { Path = FilePath, GroupCommit = TimeSpan.Zero, MostBytes = 1 << 17 }, TimeProvider.System);

    void Fill(int count, int bytes)
    {
        using var journal = Open();
        for (int k = 1; k <= count; k++) journal.Append(Pack, RecordKind.Frame, k, new byte[bytes]);
    }
}
