namespace AiBms.Telemetry.Readings;

/// <summary>A way in which some program or laboratory writes its recordings.</summary>
interface IDialect
{
    /// <summary>One lower-case word, as shown to the user and named in the documentation.</summary>
    string Name { get; }

    /// <summary>How to read the file if it is written in this dialect, with the evidence; null if it is not.</summary>
    Layout? Recognise(FileHead head);
}
