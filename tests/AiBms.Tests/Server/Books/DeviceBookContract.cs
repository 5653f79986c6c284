using AiBms.Server.Devices;
using AiBms.Telemetry;

namespace AiBms.Tests.Server.Books;

/// <summary>Tokens, certificates and fleets, wherever they are kept.</summary>
public abstract class DeviceBookContract
{
    readonly SteppedClock _clock = new();

    private protected TimeProvider Clock => _clock;

    /// <summary>The book of this test: empty at its first opening, with what was entered at the next.</summary>
    private protected abstract DeviceBook Open();

    [Fact]
    public void ATokenIsUsedOnceAndPutsThePackIntoItsFleet()
    {
        using var book = Open();
        string token = book.MakeToken("car-1", "red", TimeSpan.FromHours(1));
        Assert.Equal("car-1", book.UseToken(token));
        Assert.Equal("red", book.FleetOf("car-1"));
        Assert.Equal(["car-1"], book.PacksOf("red"));
        Assert.Throws<DataException>(() => book.UseToken(token));
    }

    /// <summary>A token that was lost is worth nothing once another was made for its pack.</summary>
    [Fact]
    public void ASecondTokenTakesThePlaceOfTheFirst()
    {
        using var book = Open();
        string first = book.MakeToken("car-1", "red", TimeSpan.FromHours(1)), second = book.MakeToken("car-1", "red", TimeSpan.FromHours(1));
        Assert.Throws<DataException>(() => book.UseToken(first));
        Assert.Equal("car-1", book.UseToken(second));
    }

    [Fact]
    public void ATokenThatIsTooOldEnrolsNobody()
    {
        using var book = Open();
        string token = book.MakeToken("car-1", "red", TimeSpan.FromHours(1));
        _clock.Go(3601);
        Assert.Contains("too old", Assert.Throws<DataException>(() => book.UseToken(token)).Message, StringComparison.Ordinal);
        Assert.Equal("", book.FleetOf("car-1"));
    }

    [Fact]
    public void WhatWasRevokedStaysSoAfterAReopen()
    {
        using (var book = Open())
        {
            book.Add(new("AB", "car-1", _clock.GetUtcNow().AddDays(1), null, ""));
            List<string> told = [];
            book.OnRevoked = device => told.Add(device.Serial);
            Assert.True(book.Revoke("AB", "anna"));
            Assert.False(book.Revoke("AB", "ben"));
            Assert.False(book.Revoke("CD", "ben"));
            Assert.Equal(["AB"], told);
        }

        using var again = Open();
        Assert.Equal("anna", again.Find("AB")!.RevokedBy);
        Assert.NotNull(again.Find("AB")!.RevokedAt);
    }

    [Theory]
    [InlineData("no pack", "red", 1)]
    [InlineData("car-1", "two words", 1)]
    [InlineData("car'; DROP TABLE devices; --", "red", 1)]
    [InlineData("car-1", "red' OR '1'='1", 1)]
    [InlineData("car-1", "red", 0)]
    [InlineData("car-1", "red", -1)]
    [InlineData("car-1", "red", 169)]
    public void WhatBreaksARuleIsRefused(string pack, string fleet, double hours)
    {
        using var book = Open();
        Assert.Throws<DataException>(() => book.MakeToken(pack, fleet, TimeSpan.FromHours(hours)));
    }

    /// <summary>Numbers of certificates and tokens come from outside without a rule: they are values, whatever they look like.</summary>
    [Theory]
    [InlineData("AB' OR '1'='1")]
    [InlineData("AB'; DROP TABLE tokens; --")]
    public void WhatLooksLikeSqlIsAValue(string text)
    {
        using var book = Open();
        book.Add(new("AB", "car-1", _clock.GetUtcNow().AddDays(1), null, ""));
        string token = book.MakeToken("car-1", "red", TimeSpan.FromHours(1));
        Assert.False(book.Revoke(text, "anna"));
        Assert.Null(book.Find(text));
        Assert.Throws<DataException>(() => book.UseToken(text));
        Assert.True(book.Revoke("AB", text));
        Assert.Equal(text, book.Find("AB")!.RevokedBy);
        Assert.Equal("car-1", book.UseToken(token));
    }
}
