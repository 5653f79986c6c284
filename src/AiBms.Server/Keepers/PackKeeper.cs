using System.Buffers.Binary;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Storage;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Keepers;

/// <summary>The server's own estimator of a pack, fed by its frames: a second opinion on what the pack says of itself, and the only one on a pack that sends measurements alone.</summary>
/// <remarks>Not for several threads at once. The clock of its estimator begins with the first frame and outlives restarts, so that what was saved goes on as if nothing had been.</remarks>
sealed class PackKeeper(PackDesigns designs)
{
    const int Head = 2 * sizeof(long) + sizeof(int);

    /// <summary>A clock that was put back goes on a second after the last frame: for all that is known, that much has passed.</summary>
    const long PutBackMs = 1000;

    PackEstimator? _estimator;
    PackState? _state;
    PackReading? _reading;
    byte[] _card = [];
    long _zeroMs = long.MinValue, _timeMs = long.MinValue, _lastMs = long.MinValue;
    long _epoch = long.MinValue, _seq;
    long _frames;

    /// <summary>Why nothing is estimated; empty where something is.</summary>
    public string Why { get; private set; } = "The pack has not said yet what it is: its card comes with its next start.";

    /// <summary>Takes in what was stored, in order; what it has had is passed over.</summary>
    public void Take(long epoch, IReadOnlyList<Record> records)
    {
        foreach (var record in records)
        {
            if (epoch < _epoch || (epoch == _epoch && record.Seq <= _seq)) continue;
            (_epoch, _seq) = (epoch, record.SeqEnd);
            if (record.Kind == RecordKind.Card) Know(record.Body);
            else if (record.Kind == RecordKind.Frame) Step(record.TimeMs, record.Frame());
        }
    }

    /// <summary>Takes in frames that were stored while nobody estimated.</summary>
    /// <param name="epoch">The journal that the store has come to.</param>
    /// <param name="seq">The last record of it that is stored.</param>
    /// <param name="frames">The frames since, oldest first.</param>
    public void CatchUp(long epoch, long seq, IReadOnlyList<Record> frames)
    {
        foreach (var record in frames) Step(record.TimeMs, record.Frame());
        (_epoch, _seq) = (epoch, seq);
    }

    /// <summary>Knows what the pack is. The same card again changes nothing.</summary>
    public void Know(byte[] card)
    {
        if (_card.AsSpan().SequenceEqual(card)) return;
        var (before, said) = (_card.Length == 0 ? null : PackCard.Of(_card), PackCard.Of(card));
        _card = card;
        // Name, place and software may change: an estimator is of a layout and a cell.
        if (_estimator is not null && before is not null && (before.Layout, before.Cell) == (said.Layout, said.Cell)) return;
        (_estimator, _state, _reading) = (null, null, null);
        (var design, Why) = designs.Find(said);
        if (design is not var (layout, cell)) return;
        (_estimator, _state, _reading) = (new(layout, cell), new(layout), new(layout));
    }

    void Step(long timeMs, PackFrame frame)
    {
        if (_zeroMs == long.MinValue) _zeroMs = timeMs;
        if (_lastMs != long.MinValue && timeMs <= _lastMs) _zeroMs += timeMs - _lastMs - PutBackMs;
        (_lastMs, _timeMs) = (timeMs, timeMs);
        if (_estimator is null) return;
        FrameReading.Fill(_reading!, frame, 1e-3 * (timeMs - _zeroMs));
        _estimator.Update(_reading!, _state!);
        _frames++;
    }

    /// <summary>What it knows, to be kept; null while it is still looking for its start.</summary>
    /// <param name="claim">Under which claim on the pack.</param>
    public StoredEstimator? Save(long claim)
    {
        if (_estimator?.Save(_state!) is not { } tape) return null;
        byte[] body = new byte[Head + _card.Length + tape.Length];
        BinaryPrimitives.WriteInt64LittleEndian(body, _zeroMs);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(sizeof(long)), _frames);
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(2 * sizeof(long)), _card.Length);
        _card.CopyTo(body, Head);
        tape.CopyTo(body, Head + _card.Length);
        return new(_epoch, _seq, _timeMs, body, claim);
    }

    /// <summary>Goes on from what was kept.</summary>
    /// <returns>False for what cannot be read, as of another program: it is as if nothing had been kept.</returns>
    public bool Resume(StoredEstimator known)
    {
        var body = known.Body.AsSpan();
        if (body.Length < Head || BinaryPrimitives.ReadInt32LittleEndian(body[(2 * sizeof(long))..]) is var card && (card <= 0 || card > body.Length - Head)) return false;
        try
        {
            Know(body.Slice(Head, card).ToArray());
        }
        catch (DataException)
        {
            return false;
        }

        if (_estimator is null || !_estimator.Resume(body[(Head + card)..].ToArray(), 0, _state!)) return false;
        (_zeroMs, _frames) = (BinaryPrimitives.ReadInt64LittleEndian(body), BinaryPrimitives.ReadInt64LittleEndian(body[sizeof(long)..]));
        (_epoch, _seq, _timeMs, _lastMs) = (known.Epoch, known.Seq, known.TimeMs, known.TimeMs);
        return true;
    }

    /// <summary>What is estimated now; null where nothing is, see <see cref="Why"/>.</summary>
    public OwnEstimates? Now() => _estimator is null || _frames == 0 ? null : OwnEstimates.Of(_state!, _epoch, _seq, _timeMs, _frames);
}
