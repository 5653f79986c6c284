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
    [InlineData("x'; DROP TABLE users; --", "long enough 1")]
    [InlineData("new", "short")]
    [InlineData("new", "nine char")]
    [InlineData("new", null)]
    public void WhatBreaksARuleIsRefused(string name, string? secret)
    {
        using UserBook users = Open();
        Assert.EndsWith(".", Assert.Throws<DataException>(() => users.Set(name, Role.Viewer, secret)).Message, StringComparison.Ordinal);
    }

    /// <summary>From 10 to 128 characters, whichever they are; taken as they are, to the last of them.</summary>
    [Theory]
    [InlineData("ten chars!")]
    [InlineData("aaaaaaaaaa")]
    [InlineData(" with spaces around \t")]
    [InlineData("ÄöüßÉ πλήκτρο 密码 🔋🔋")]
    [InlineData("'; DROP TABLE users; --")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c")]
    public void AnyCharactersMakeAPassword(string secret)
    {
        using UserBook users = Open();
        users.Set("eve", Role.Viewer, secret);
        Assert.NotNull(users.Check("eve", secret));
        foreach (string other in (string[])[secret[..^1], secret + " ", secret.Trim() + "x", secret[..^1] + (char)(secret[^1] ^ 1), secret.ToUpperInvariant() + "!"]) Assert.Null(users.Check("eve", other));
        Assert.DoesNotContain(secret, Kept(), StringComparison.Ordinal);
    }

    [Fact]
    public void APasswordHasUpTo128Characters()
    {
        using UserBook users = Open();
        string longest = new('x', 128);
        users.Set("eve", Role.Viewer, longest);
        Assert.NotNull(users.Check("eve", longest));
        Assert.Null(users.Check("eve", longest[..127]));
        Assert.Null(users.Check("eve", longest[..127] + "y"));
        Assert.Contains("10 to 128", Assert.Throws<DataException>(() => users.Set("eve", Role.Viewer, longest + "x")).Message, StringComparison.Ordinal);
    }

    /// <summary>Format of ASP.NET Core's hasher, version 3: 1, then function (2: HMAC-SHA-512), rounds and length of the salt as numbers of four bytes, then salt and key.</summary>
    [Fact]
    public void APasswordIsHashedInAHundredThousandRounds()
    {
        using UserBook users = Open();
        users.Set("eve", Role.Viewer, "long enough 1");
        users.Set("ann", Role.Viewer, "long enough 1");
        byte[] hash = Convert.FromBase64String(users.Find("eve")!.Hash);
        int Number(int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at));
        Assert.Equal((1, 2, 100_000, 16), (hash[0], Number(1), Number(5), Number(9)));
        byte[] key = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2("long enough 1", hash.AsSpan(13, 16), 100_000, System.Security.Cryptography.HashAlgorithmName.SHA512, 32);
        Assert.Equal(key, hash[29..]);
        // Of the same password another salt makes another hash.
        Assert.NotEqual(users.Find("eve")!.Hash, users.Find("ann")!.Hash);
    }
}
