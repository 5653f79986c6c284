using AiBms.Storage;
using AiBms.Telemetry.Frames;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Tests.Storage;

/// <summary>What every store keeps to: once and only once, and what never came is counted. A store derives from it and opens itself.</summary>
public abstract class ReadingStoreContract
{
    const string Pack = "car-1";

    /// <summary>The store of this test: empty at its first opening, with what was written at the next.</summary>
    protected abstract IReadingStore Open();

    [Fact]
    public void ABatchSentTwiceIsStoredOnce()
    {
        using var store = Open();
        Assert.Equal(3, Write(store, 5, 1, 2, 3));
        Assert.Equal(0, Write(store, 5, 1, 2, 3));
        Assert.Equal(1, Write(store, 5, 2, 3, 4));
        Assert.Equal([1, 2, 3, 4], store.Frames(Pack, 0, long.MaxValue, 100).Select(r => r.Seq));
        At(store, 5, 4, 0);
    }

    [Fact]
    public void WhatWasStoredIsThereAfterAReopen()
    {
        using (var store = Open()) Write(store, 5, 1, 2);
        using var again = Open();
        At(again, 5, 2, 0);
        Assert.Equal(0, Write(again, 5, 1, 2));
    }

    [Fact]
    public void WhatNeverCameIsCounted()
    {
        using var store = Open();
        Write(store, 5, 3, 4);
        At(store, 5, 4, 2);
        Write(store, 5, 7);
        At(store, 5, 7, 4);
    }

    /// <summary>The acknowledgement of 1 to 4 was lost, and the journal then thinned 3 to 8 out.</summary>
    [Fact]
    public void OfAGapOnlyWhatIsNotThereIsMissing()
    {
        using var store = Open();
        Write(store, 5, 1, 2, 3, 4);
        store.Write([new(Pack, 5, [new(3, 8, RecordKind.Gap, 8, new GapNote { MissingCount = 6 }.ToBytes()), Frame(9)])]);
        At(store, 5, 9, 4);
        Assert.Equal([1, 2, 3, 4, 9], store.Frames(Pack, 0, long.MaxValue, 100).Select(r => r.Seq));
    }

    [Fact]
    public void WhatAnEstimatorKnewIsThereAfterAReopen()
    {
        using (var store = Open())
        {
            Write(store, 5, 1, 2, 3);
            Assert.Null(store.Estimator(Pack));
            Assert.True(store.KeepEstimator(Pack, new(5, 2, 2000, [1, 2])));
            Assert.True(store.KeepEstimator(Pack, new(5, 3, 3000, [3, 4, 5])));
        }

        using var again = Open();
        var known = again.Estimator(Pack)!;
        Assert.Equal((5, 3, 3000), (known.Epoch, known.Seq, known.TimeMs));
        Assert.Equal([3, 4, 5], known.Body);
        Assert.Null(again.Estimator("another"));
        Assert.Equal(new Checkpoint(5, 3, 0), again.CheckpointOf(Pack));
        Assert.Equal(Checkpoint.None, again.CheckpointOf("another"));
    }

    /// <summary>Whoever may see some packs only finds nothing of the others, not even by the number of an event.</summary>
    [Fact]
    public void EventsOfOtherPacksAreNotFound()
    {
        using var store = Open();
        RuleText rule = new("hot", 2, "hot", "cool", "°C");
        foreach (string pack in (string[])["car-1", "car-2"]) store.Raise(pack, rule, [1, 2], 100);
        long other = Assert.Single(store.Events("car-2", openOnly: true, 10)).Id;
        Assert.Equal("car-1", Assert.Single(store.Events(null, openOnly: true, 10, ["car-1"])).PackId);
        Assert.Empty(store.Events("car-2", openOnly: true, 10, ["car-1"]));
        Assert.Empty(store.Events(null, openOnly: true, 10, []));
        Assert.False(store.Acknowledge(other, 150, "anna", "mine", ["car-1"]));
        Assert.False(store.Acknowledge(other, 150, "anna", "mine", []));
        Assert.True(store.Acknowledge(other, 150, "ben", "ours", ["car-2"]));
    }

    /// <summary>What comes from outside is a value, whatever it looks like: names, texts, and numbers of who may see.</summary>
    [Theory]
    [InlineData("x'; DROP TABLE events; --")]
    [InlineData("x\"; DELETE FROM packs; --")]
    [InlineData("x' OR '1'='1")]
    [InlineData("%_\\")]
    [InlineData("@pack $1 :name ?")]
    public void WhatLooksLikeSqlIsAValue(string text)
    {
        using var store = Open();
        Write(store, 5, 1);
        Assert.Single(store.Write([new(text, 5, [Frame(1), Frame(2)])])[0], r => r.Seq == 2);
        RuleText rule = new(text, 2, text, text, text);
        store.Raise(text, rule, [1, 2], 100);
        store.Raise(Pack, rule, [1, 2], 100);
        var raised = Assert.Single(store.Events(text, openOnly: true, 10, [text]));
        Assert.Equal((text, rule), (raised.PackId, raised.Rule));
        Assert.True(store.Acknowledge(raised.Id, 150, text, text, [text]));
        store.Clear(text, text, 160);
        var ended = Assert.Single(store.Events(text, openOnly: false, 10));
        Assert.Equal((text, text, 160L), (ended.AcknowledgedBy, ended.Comment, ended.ClearedMs));
        // The other pack's is as it was, and nothing else is gone.
        Assert.Null(Assert.Single(store.Events(Pack, openOnly: false, 10)).ClearedMs);
        Assert.Equal([1L], store.Frames(Pack, 0, long.MaxValue, 10).Select(r => r.Seq));
        Assert.Equal([1L, 2], store.Frames(text, 0, long.MaxValue, 10).Select(r => r.Seq));
        Assert.Equal((1L, 2L), (store.CheckpointOf(Pack).Seq, store.CheckpointOf(text).Seq));
        Assert.Equal(2, store.Packs().Count);
    }

    [Fact]
    public void AJournalBegunAnewCountsFromOneAgain()
    {
        using var store = Open();
        Write(store, 5, 1, 2, 3);
        Assert.Equal(2, Write(store, 6, 1, 2));
        At(store, 6, 2, 0);

        // The old journal from a backup: known by its numbers, and the newer one stays the present one.
        Assert.Equal(1, Write(store, 5, 3, 4));
        At(store, 6, 2, 0);
    }

    [Fact]
    public void AnEventIsRaisedAcknowledgedOnceAndCleared()
    {
        using var store = Open();
        Record Fault(long seq, bool begins) => new(seq, seq, RecordKind.Fault, 100 * seq, new FaultEvent { FaultCode = 4, Begins = begins, Where = 12, MeasuredValues = [4.31, 4.25] }.ToBytes());
        store.Write([new(Pack, 5, [Fault(1, true)])]);
        store.Write([new(Pack, 5, [Fault(1, true)])]);
        var raised = Assert.Single(store.Events(Pack, openOnly: true, 10));
        Assert.Equal((4, 12, 100L, null), (raised.FaultCode, raised.Where, raised.RaisedMs, raised.ClearedMs));
        Assert.True(store.Acknowledge(raised.Id, 150, "anna", "seen"));
        Assert.False(store.Acknowledge(raised.Id, 160, "ben", "too late"));
        store.Write([new(Pack, 5, [Fault(2, false)])]);
        Assert.Empty(store.Events(Pack, openOnly: true, 10));
        var ended = Assert.Single(store.Events(null, openOnly: false, 10));
        Assert.Equal((200L, 150L, "anna", "seen"), (ended.ClearedMs, ended.AcknowledgedMs, ended.AcknowledgedBy, ended.Comment));
    }

    [Fact]
    public void ARulesEventLastsUntilItIsCleared()
    {
        using var store = Open();
        RuleText rule = new("Warm", 2, "It is warm.", "Cool it.", "°C");
        store.Raise(Pack, rule, [46, 45], 100);
        store.Raise("car-2", rule, [47, 45], 110);
        store.Clear(Pack, "Cold", 120);
        Assert.Equal(rule, Assert.Single(store.Events(Pack, openOnly: true, 10), e => e.ClearedMs is null).Rule);
        store.Clear(Pack, "Warm", 130);
        Assert.Equal(130, Assert.Single(store.Events(Pack, openOnly: false, 10)).ClearedMs);
        Assert.Null(Assert.Single(store.Events("car-2", openOnly: false, 10)).ClearedMs);
    }

    [Fact]
    public void RecordsOfKindsComeInOrderOfTimeAndThinnedOut()
    {
        using var store = Open();
        Record Made(long seq, RecordKind of) => Frame(seq) with { Kind = of };
        store.Write([new(Pack, 5, [Made(1, RecordKind.Frame), Made(2, RecordKind.Window), Made(3, RecordKind.Frame), Made(4, RecordKind.Window)])]);
        Assert.Equal([2, 3, 4], store.Records(Pack, [RecordKind.Window, RecordKind.Frame], 2, 100, 10).Select(r => r.TimeMs));
        Assert.Equal((1, 3), store.Span(Pack));
        Assert.Null(store.Span("nobody"));
        store.Write([new(Pack, 5, [.. Enumerable.Range(5, 1000).Select(k => Made(k, RecordKind.Window))])]);
        var thinned = store.Records(Pack, [RecordKind.Window], 0, long.MaxValue, 50);
        Assert.InRange(thinned.Count, 25, 55);
        Assert.All(thinned.Zip(thinned.Skip(1)), pair => Assert.InRange(pair.Second.TimeMs - pair.First.TimeMs, 1, 60));
    }

    [Fact]
    public void MinutesAreKeptOnceEach()
    {
        using var store = Open();
        store.KeepMinutes([new(Pack, [new(60_000, [1]), new(120_000, [2])]), new("another", [new(60_000, [9])])]);
        store.KeepMinutes([new(Pack, [new(120_000, [3])])]);
        Assert.Equal([9], Assert.Single(store.Minutes("another", 0, long.MaxValue)).Body);
        Assert.Equal([(60_000, 1), (120_000, 3)], store.Minutes(Pack, 0, 200_000).Select(m => (m.TimeMs, m.Body[0])));
        Assert.Single(store.Minutes(Pack, 60_001, 200_000));
    }

    /// <summary>What is dropped stays known: sent again it is not new, and it is not missing.</summary>
    [Fact]
    public void OnlyWhatIsTooOldIsDropped()
    {
        const long weekMs = 7L * 24 * 3600 * 1000, startMs = 2_900 * weekMs;
        using var store = Open();
        Record Made(long seq, long timeMs) => Frame(seq) with { TimeMs = timeMs };
        Record[] sent = [Made(1, startMs), Made(2, startMs + weekMs), Made(3, startMs + 2 * weekMs), Made(4, startMs + 3 * weekMs)];
        store.Write([new(Pack, 5, sent)]);
        store.KeepMinutes([new(Pack, [new(startMs, [1])])]);
        store.DropBefore(startMs + 2 * weekMs);
        Assert.Equal([3, 4], store.Frames(Pack, 0, long.MaxValue, 10).Select(r => r.Seq));
        Assert.Empty(Assert.Single(store.Write([new(Pack, 5, sent)])));
        Assert.Single(store.Minutes(Pack, 0, long.MaxValue));
        At(store, 5, 4, 0);
    }

    static Record Frame(long seq) => new(seq, seq, RecordKind.Frame, seq, new PackFrame { CurrentA = seq }.ToBytes());

    static int Write(IReadingStore store, long epoch, params long[] seqs) => Assert.Single(store.Write([new(Pack, epoch, [.. seqs.Select(Frame)])])).Count;

    static void At(IReadingStore store, long epoch, long seq, long missing)
    {
        var pack = Assert.Single(store.Packs());
        Assert.Equal((epoch, seq, missing), (pack.Epoch, pack.Seq, pack.MissingCount));
    }
}
