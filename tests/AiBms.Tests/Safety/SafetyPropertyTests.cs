using CsCheck;

namespace AiBms.Tests.Safety;

public class SafetyPropertyTests
{
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
