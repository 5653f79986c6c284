using AiBms.Server.Access;

namespace AiBms.Tests.Server;

public class WrongTriesTests
{
    static readonly User s_user = new("eve", Role.Viewer, "", "");

    [Fact]
    public async Task AfterTenWrongTriesAnAddressAndANameWaitForTheNextMinute()
    {
        SteppedClock clock = new();
        WrongTries tries = new(clock);
        for (int k = 0; k < WrongTries.MostAMinute; k++) Assert.Equal((null, true), await tries.CheckAsync("a", "eve", () => null));
        // Not even the right one is looked at: from another place, and from this one for another name.
        Assert.Equal((null, false), await tries.CheckAsync("b", "EVE", () => s_user));
        Assert.Equal((null, false), await tries.CheckAsync("a", "ann", () => s_user));
        Assert.Equal((s_user, true), await tries.CheckAsync("b", "ann", () => s_user));
        clock.Go(60);
        Assert.Equal((s_user, true), await tries.CheckAsync("a", "eve", () => s_user));
    }

    /// <summary>Passwords of one name that come at the same moment are looked at one after the other, so that each is counted before the next.</summary>
    [Fact]
    public async Task ManyAtOnceAreNotMoreThanTen()
    {
        WrongTries tries = new(new SteppedClock());
        int lookedAt = 0;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(k => Task.Run(() => tries.CheckAsync($"10.0.0.{k}", "eve", () =>
        {
            Interlocked.Increment(ref lookedAt);
            Thread.Sleep(1);
            return null;
        }))));
        Assert.Equal(WrongTries.MostAMinute, lookedAt);
    }
}
