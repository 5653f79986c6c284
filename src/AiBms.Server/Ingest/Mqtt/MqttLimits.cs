using AiBms.Telemetry.Frames;

namespace AiBms.Server.Ingest.Mqtt;

/// <summary>What one connection may ask of the server before somebody looks at what it says.</summary>
sealed record MqttLimits
{
    /// <summary>Largest packet before the client is known, and after it, bytes. Looked at in the packet's head, before room is made for it.</summary>
    public int MostBytesBefore { get; init; } = 4096;

    public int MostBytes { get; init; } = RecordBatch.MostBytes + 1024;

    /// <summary>Until the first packet is whole.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A packet that has begun takes at most this long, plus its size at the slowest pace.</summary>
    public TimeSpan Packet { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Slowest pace of a large packet, bytes a second.</summary>
    public int SlowestBytesPerS { get; init; } = 4096;

    /// <summary>Connections at once: of one address, and of all.</summary>
    public int MostOfAddress { get; init; } = 500;

    public int Most { get; init; } = 20_000;
}
