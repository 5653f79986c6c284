namespace AiBms.Telemetry.Mat;

/// <summary>One data element of a MATLAB level 5 file: its type and where its bytes lie.</summary>
/// <param name="Type">mi-type by the format's table 1-1.</param>
/// <param name="Data">Its bytes, without tag and padding.</param>
/// <param name="Next">Where the next element begins, from the start of the bytes in which this one was read.</param>
readonly record struct MatElement(int Type, ReadOnlyMemory<byte> Data, int Next);
