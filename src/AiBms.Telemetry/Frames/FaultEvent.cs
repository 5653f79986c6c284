namespace AiBms.Telemetry.Frames;

/// <summary>A fault that began or ended.</summary>
public sealed class FaultEvent
{
    /// <summary>The fault's number in the catalogue's order.</summary>
    public int FaultCode { get; set; }

    /// <summary>True where it began.</summary>
    public bool Begins { get; set; }

    /// <summary>Cell or probe from 0; −1 for the pack.</summary>
    public int Where { get; set; } = -1;

    /// <summary>Measured value and threshold, in the catalogue's unit.</summary>
    public double[] MeasuredValues { get; set; } = [double.NaN, double.NaN];

    /// <summary>How long it had lasted, s.</summary>
    public double DurationS { get; set; } = double.NaN;

    /// <summary>True where its cell's tap is under suspicion.</summary>
    public bool IsTap { get; set; }

    /// <summary>Writes the event.</summary>
    public byte[] ToBytes() => FieldWriter.Write(Walk);

    /// <summary>Reads an event.</summary>
    /// <exception cref="DataException">The bytes are none.</exception>
    public static FaultEvent Of(ReadOnlyMemory<byte> bytes)
    {
        var fault = new FaultEvent();
        FieldReader.Read(bytes, "a fault event", fault.Walk);
        if (fault.MeasuredValues.Length != 2) throw new DataException($"A fault event has {fault.MeasuredValues.Length} measured values: send value and threshold.");
        return fault;
    }

    void Walk(FieldCoder coder)
    {
        FaultCode = coder.Code(1, FaultCode);
        Begins = coder.Code(2, Begins ? 1 : 0) == 1;
        Where = coder.Code(3, Where);
        MeasuredValues = coder.Tuple(4, MeasuredValues);
        DurationS = coder.Number(5, DurationS, 0.1);
        IsTap = coder.Code(6, IsTap ? 1 : 0) == 1;
    }
}
