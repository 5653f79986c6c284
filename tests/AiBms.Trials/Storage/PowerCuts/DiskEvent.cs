namespace AiBms.Trials.Storage.PowerCuts;

/// <summary>What a process did, in order, as far as a power cut could tell.</summary>
/// <param name="Kind">What.</param>
/// <param name="File">The file's name; empty for a promise.</param>
/// <param name="Offset">Where a write begins, the length that a file is cut to, or how many records are promised.</param>
/// <param name="Data">What was written.</param>
sealed record DiskEvent(DiskEventKind Kind, string File, long Offset, byte[] Data);

enum DiskEventKind
{
    /// <summary>Bytes given to the system; a power cut may take any of them until the file is synchronised.</summary>
    Write,

    /// <summary>The length of a file changed.</summary>
    Truncate,

    /// <summary>All that was written to the file before is on the disk.</summary>
    Sync,

    /// <summary>The other side was told something that has to be durable: that its batch is, or what is in the journal.</summary>
    Promise,
}
