using AiBms.Telemetry.Frames;

namespace AiBms.Server.Cluster;

/// <summary>What is new of a pack, from the server that keeps it to those that only show it.</summary>
[GenerateSerializer, Alias("aibms.news"), Immutable]
readonly record struct PackNews([property: Id(0)] string Pack, [property: Id(1)] NewRecord[] Records, [property: Id(2)] bool HasEvents);

/// <summary>A record on its way between servers.</summary>
[GenerateSerializer, Alias("aibms.record"), Immutable]
readonly record struct NewRecord([property: Id(0)] long Seq, [property: Id(1)] RecordKind Kind, [property: Id(2)] long TimeMs, [property: Id(3)] byte[] Body);
