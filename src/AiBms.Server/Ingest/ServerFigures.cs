namespace AiBms.Server.Ingest;

/// <summary>What the server counts about itself.</summary>
sealed class ServerFigures(TimeProvider time)
{
    long _stored, _repeated, _refused;

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public long StoredCount => Interlocked.Read(ref _stored);

    /// <summary>Records that came again after they were stored.</summary>
    public long RepeatedCount => Interlocked.Read(ref _repeated);

    public long RefusedCount => Interlocked.Read(ref _refused);

    public string LastRefusal { get; private set; } = "";

    /// <summary>Why the store could not be used when it last was; empty while it can.</summary>
    public string StoreProblem { get; private set; } = "";

    /// <summary>Notes how the last use of the store went.</summary>
    public void StoreIs(string problem) => StoreProblem = problem;

    public void Count(int stored, int came)
    {
        Interlocked.Add(ref _stored, stored);
        Interlocked.Add(ref _repeated, came - stored);
    }

    public void Refuse(string why)
    {
        Interlocked.Increment(ref _refused);
        LastRefusal = why;
    }
}
