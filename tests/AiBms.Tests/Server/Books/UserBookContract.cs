using AiBms.Server.Access;
using AiBms.Telemetry;

namespace AiBms.Tests.Server.Books;

/// <summary>Users, wherever they are kept: a first secret once, hashes only, and never without an admin.</summary>
public abstract class UserBookContract
{
    /// <summary>The book of this test: empty at its first opening, with what was entered at the next.</summary>
    private protected abstract UserBook Open();

    /// <summary>All that is kept of it, as text.</summary>
    private protected abstract string Kept();

    [Fact]
    public void TheFirstSecretIsGivenOnceAndOutlivesARestart()
    {
        string secret;
        using (UserBook users = Open())
        {
            secret = users.MakeFirst(isAnew: false)!;
            Assert.Null(users.MakeFirst(isAnew: false));
        }

        Assert.DoesNotContain(secret, Kept(), StringComparison.Ordinal);
        using UserBook again = Open();
        Assert.Equal(Role.Admin, again.Check("Admin", secret)!.Role);
        Assert.Null(again.Check("admin", secret + "x"));
        Assert.Null(again.Check("nobody", secret));
        string other = again.MakeFirst(isAnew: true)!;
        Assert.Null(again.Check("admin", secret));
        Assert.NotNull(again.Check("admin", other));
    }

    [Fact]
    public void AChangeEndsSessions()
    {
        using UserBook users = Open();
        users.Set("eve", Role.Operator, "long enough 1");
        // Who did not come with a browser has no session.
        Visitors visitors = new(users, sessions: null!);
        var who = Visitor.Of(users.Find("eve")!, "test");
        Assert.True(visitors.IsCurrent(who));
        users.Set("eve", Role.Viewer, null);
        Assert.False(visitors.IsCurrent(who));
        Assert.NotNull(users.Check("eve", "long enough 1"));
        users.Remove("eve");
        Assert.False(visitors.IsCurrent(Visitor.Of(new("eve", Role.Viewer, "", ""), "test")));
    }

    [Fact]
    public void ARoleHasThoseBelowIt()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var who = Visitor.Of(new("x", role, "", ""), "test");
            Assert.Equal(role, Visitor.RoleOf(who));
            Assert.All(Enum.GetValues<Role>(), r => Assert.Equal(r <= role, who.IsInRole(r.ToString())));
        }
    }

    [Fact]
    public void ThereIsAlwaysAnAdmin()
    {
        using UserBook users = Open();
        users.MakeFirst(isAnew: false);
        Assert.Throws<DataException>(() => users.Remove("admin"));
        Assert.Throws<DataException>(() => users.Set("ADMIN", Role.Viewer, null));
        users.Set("second", Role.Admin, "long enough 1");
        Assert.True(users.Remove("admin"));
        Assert.Throws<DataException>(() => users.Remove("second"));
    }

    [Theory]
    [InlineData("", "long enough 1")]
    [InlineData("a b", "long enough 1")]
    [InlineData("new", "short")]
    [InlineData("new", null)]
    public void WhatBreaksARuleIsRefused(string name, string? secret)
    {
        using UserBook users = Open();
        Assert.EndsWith(".", Assert.Throws<DataException>(() => users.Set(name, Role.Viewer, secret)).Message, StringComparison.Ordinal);
    }
}
