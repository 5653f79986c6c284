using System.Buffers.Binary;

namespace AiBms.Battery.Estimation;

/// <summary>Takes an estimator's state down, or gives it back: one walk over the fields serves both, so that they cannot drift apart.</summary>
/// <remarks>
/// Numbers stand as they are, 8 bytes each, the lowest first: what is given back is the same to the bit. Times are moved by a shift, for a
/// clock that began anew. A tape that ends too early, or has something left, is not good: whoever reads one looks at the end.
/// </remarks>
public sealed class StateTape
{
    readonly List<byte> _written = [];
    readonly byte[] _read = [];
    readonly double _shiftS;
    int _at;

    /// <summary>An empty tape to write on.</summary>
    public StateTape()
    {
    }

    /// <summary>A tape to read from.</summary>
    /// <param name="bytes">As <see cref="ToBytes"/> gave them.</param>
    /// <param name="shiftS">Added to every time, s.</param>
    public StateTape(byte[] bytes, double shiftS) => (_read, _shiftS, IsReading) = (bytes, shiftS, true);

    /// <summary>True where state is given back.</summary>
    public bool IsReading { get; }

    /// <summary>False once a read tape was too short or held a count that cannot be.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>True where a good tape was read to its last byte.</summary>
    public bool IsDone => IsGood && _at == _read.Length;

    /// <summary>What was written.</summary>
    public byte[] ToBytes() => [.. _written];

    /// <summary>A number of any kind.</summary>
    public double Value(double value)
    {
        if (!IsReading)
        {
            Span<byte> bytes = stackalloc byte[sizeof(double)];
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            _written.AddRange(bytes);
            return value;
        }

        if (_at + sizeof(double) > _read.Length)
        {
            IsGood = false;
            return value;
        }

        value = BinaryPrimitives.ReadDoubleLittleEndian(_read.AsSpan(_at));
        _at += sizeof(double);
        return value;
    }

    /// <summary>A time on the estimator's clock, s; it may be infinite or not a number.</summary>
    public double TimeS(double timeS) => Value(timeS) + (IsReading ? _shiftS : 0);

    /// <summary>A count, 0 to a largest one; others make the tape bad.</summary>
    public int Count(int count, int most)
    {
        double read = Value(count);
        if (read >= 0 && read <= most && read == Math.Floor(read)) return (int)read;
        IsGood = false;
        return 0;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(bool flag) => Value(flag ? 1 : 0) != 0;

    /// <summary>Numbers, in place.</summary>
    public void Values(Span<double> values)
    {
        foreach (ref double value in values) value = Value(value);
    }

    /// <summary>Answers, in place.</summary>
    public void Flags(Span<bool> flags)
    {
        foreach (ref bool flag in flags) flag = Flag(flag);
    }
}
