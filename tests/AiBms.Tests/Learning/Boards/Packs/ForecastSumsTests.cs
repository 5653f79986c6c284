using AiBms.Learning.Boards.Packs;

namespace AiBms.Tests.Learning.Boards.Packs;

public class ForecastSumsTests
{
    [Fact]
    public void SkillIsAgainstPersistenceAndStillWindowsDoNotCount()
    {
        ForecastSums sums = new();
        sums.Add(2, 2, 1, 4, 1);
        sums.Add(2, -2, -3, -2, 1);
        sums.Add(2, 0.2, 9, 9, 1);

        // Persistence errs by 2 and 2; known by 1 and 1; unknown by 2 and 0.
        Assert.Equal((2, 0.5), (sums.Count[2], sums.Known(2)));
        Assert.Equal(1 - Math.Sqrt(0.5), sums.Unknown(2), 1e-12);

        // Half width 1.6449: the first misses by 2, the second does not; the score is the width and 2/0.1 times what lies outside, over two.
        const double Half = 1.6448536269514722;
        Assert.Equal(1, sums.Held[2]);
        Assert.Equal(2 * Half + 20 * (2 - Half) / 2, sums.IntervalScoreK, 1e-9);
    }
}
