using AiBms.Server.Access;

namespace AiBms.Tests.Server;

public class WrongTriesTests
{
    [Fact]
    public void AfterTenWrongTriesAnAddressWaitsForTheNextMinute()
    {
        SteppedClock clock = new();
        WrongTries tries = new(clock);
        for (int k = 0; k < WrongTries.MostAMinute; k++)
        {
            Assert.True(tries.MayTry("a"));
            tries.Add("a");
        }

        Assert.False(tries.MayTry("a"));
        Assert.True(tries.MayTry("b"));
        clock.Go(60);
        Assert.True(tries.MayTry("a"));
    }
}
