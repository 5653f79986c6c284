using AiBms.Telemetry.Frames;

namespace AiBms.Telemetry.Journal;

/// <summary>Records that stand for those that are gone.</summary>
static class Gaps
{
    public static Record Of(long seq, long seqEnd, long timeMs, string why) =>
        new(seq, seqEnd, RecordKind.Gap, timeMs, new GapNote { MissingCount = (int)Math.Min(int.MaxValue, seqEnd - seq + 1), Why = why }.ToBytes());
}
