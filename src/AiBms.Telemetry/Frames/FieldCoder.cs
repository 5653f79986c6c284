namespace AiBms.Telemetry.Frames;

/// <summary>Walks the fields of a record, each under its number: one walk serves writing and reading.</summary>
/// <remarks>
/// Each method takes the field's value and gives back what the field is to be: a writer gives back what it took, a reader what it read.
/// Not known (NaN, empty, null) is left out on the wire; a number that a reader does not know is skipped, so fields can be added.
/// </remarks>
public abstract class FieldCoder
{
    /// <summary>Longest list, and longest text in characters: more is refused.</summary>
    public const int LongestCount = 4096;

    /// <summary>A whole number; null where not known.</summary>
    public abstract long? Whole(int key, long? value);

    /// <summary>A text; empty where not known.</summary>
    public abstract string Text(int key, string value);

    /// <summary>A number in steps of a scale.</summary>
    /// <param name="key">The field's number.</param>
    /// <param name="number">In any unit; NaN where not known.</param>
    /// <param name="scale">One step on the wire, in that unit.</param>
    public abstract double Number(int key, double number, double scale);

    /// <summary>Numbers in steps of a scale, coded as differences from their middle.</summary>
    public abstract double[] Series(int key, double[] values, double scale);

    /// <summary>Small whole numbers, one byte each.</summary>
    public abstract byte[] Bytes(int key, byte[] value);

    /// <summary>A few numbers of different kinds, in single precision.</summary>
    public abstract double[] Tuple(int key, double[] values);

    /// <summary>A few numbers of different kinds, each in steps of its own scale.</summary>
    /// <param name="key">The field's number.</param>
    /// <param name="before">The number under which it stood as a <see cref="Tuple"/> once: read where <paramref name="key"/> is not there, never written.</param>
    /// <param name="values">Any units; NaN where not known.</param>
    /// <param name="scaleValues">One step of each, in its unit.</param>
    public abstract double[] Steps(int key, int before, double[] values, ReadOnlySpan<double> scaleValues);

    /// <summary>Texts.</summary>
    public abstract IReadOnlyList<string> Texts(int key, IReadOnlyList<string> value);

    /// <summary>A small whole number that is always known.</summary>
    public int Code(int key, int value) => (int)(Whole(key, value) is { } read and >= int.MinValue and <= int.MaxValue ? read : 0);
}
