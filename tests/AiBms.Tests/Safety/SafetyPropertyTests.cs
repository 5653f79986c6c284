using CsCheck;

namespace AiBms.Tests.Safety;

public class SafetyPropertyTests
{
    /// <summary>Rare orders of events that random draws reach once in millions of sequences.</summary>
    [Theory]
    [InlineData(1, 18, 60_000)]
    [InlineData(4, 18, 1000)]
    [InlineData(1, 0, 60_000)]
    public void ALeapOfTheClockWhileADangerIsDebouncedBreaksNoLaw(int stepIndex, int danger, long leapMs) =>
        SafetyBench.Run([new(39, stepIndex, 0, 0, 10), new(danger, 0, float.NaN, 0, 2), new(23, 0, 0, leapMs, 900)]);

    [Fact]
    public void NoSequenceOfReadingsBreaksALaw()
    {
        long steps = 0, closed = 0;
        SafetyEvent.Sequence.Sample(events =>
        {
            (int ran, int shut) = SafetyBench.Run(events);
            Interlocked.Add(ref steps, ran);
            Interlocked.Add(ref closed, shut);
        }, iter: 150, threads: 1, print: Print);

        // Laws that only ever see open contactors would prove nothing.
        Assert.True(steps > 200_000 && closed > steps / 10, $"{steps} steps, {closed} of them closed");
    }

    internal static string Print(SafetyEvent[] events) => string.Join('\n', events.Select(e => e.ToString()));
}
