using AiBms.Learning.Datasets;

namespace AiBms.Learning.Training;

/// <summary>Recordings in memory up to a limit: what was not used for longest is let go and read again when it is wanted. A set may be larger than memory.</summary>
/// <param name="mostBytes">Limit, bytes. What is in use beyond it stays with whoever uses it.</param>
public sealed class RecordingShelf(long mostBytes)
{
    /// <summary>A row's numbers: time, current, voltage, temperature, counter, label, flags.</summary>
    const int BytesARow = 7 * sizeof(double);

    readonly Lock _lock = new();
    readonly LinkedList<(string Name, LabelledRecording Labelled)> _kept = [];
    readonly Dictionary<string, LinkedListNode<(string Name, LabelledRecording Labelled)>> _places = new(StringComparer.Ordinal);
    long _bytes;

    /// <summary>A shelf of a quarter of what the process may use.</summary>
    public static RecordingShelf OfThisMachine() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>A recording, from memory where it still is.</summary>
    /// <param name="name">What tells it from others.</param>
    /// <param name="open">Reads it.</param>
    public LabelledRecording Take(string name, Func<LabelledRecording> open)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(name, out var place))
            {
                _kept.Remove(place);
                _kept.AddLast(place);
                return place.Value.Labelled;
            }

            var labelled = open();
            _places[name] = _kept.AddLast((name, labelled));
            _bytes += BytesOf(labelled);
            while (_bytes > mostBytes && _kept.Count > 1)
            {
                var (oldest, gone) = _kept.First!.Value;
                _kept.RemoveFirst();
                _places.Remove(oldest);
                _bytes -= BytesOf(gone);
            }

            return labelled;
        }
    }

    static long BytesOf(LabelledRecording labelled) => (long)labelled.Soc.Length * BytesARow;
}
