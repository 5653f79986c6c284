namespace AiBms.Telemetry.Frames;

/// <summary>Says that records are gone, how many, and why.</summary>
public sealed class GapNote
{
    /// <summary>Records that are gone.</summary>
    public int MissingCount { get; set; }

    /// <summary>Why, for people.</summary>
    public string Why { get; set; } = "";

    /// <summary>Writes the note.</summary>
    public byte[] ToBytes() => FieldWriter.Write(Walk);

    /// <summary>Reads a note.</summary>
    /// <exception cref="DataException">The bytes are none.</exception>
    public static GapNote Of(ReadOnlyMemory<byte> bytes)
    {
        var note = new GapNote();
        FieldReader.Read(bytes, "a gap note", note.Walk);
        return note;
    }

    void Walk(FieldCoder coder)
    {
        MissingCount = coder.Code(1, MissingCount);
        Why = coder.Text(2, Why);
    }
}
