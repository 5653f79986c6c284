using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using AiBms.Server.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AiBms.Server.Access;

/// <summary>Name and password in a request's header (RFC 7617), for programs: curl, a Prometheus scraper.</summary>
sealed class BasicDoor(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, UserBook users, WrongTries tries, AuditLog audit) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme_ = "Basic";

    /// <summary>A hash is slow by design; a header that was right is known again, from the address it came from, until its user changes: from elsewhere it is a try like any other, so that guesses are counted.</summary>
    static readonly ConcurrentDictionary<string, User> s_known = new(StringComparer.Ordinal);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header.Parameter is not { Length: <= 1000 } told) return AuthenticateResult.NoResult();
        string address = Door.AddressOf(Context), key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(address + "\n" + told)));
        if (s_known.TryGetValue(key, out var known) && users.Find(known.Name)?.Stamp == known.Stamp) return Success(known);
        s_known.TryRemove(key, out _);
        byte[] bytes = new byte[1000];
        string pair = Convert.TryFromBase64String(told, bytes, out int count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? "" : pair[..colon];
        var (user, isLookedAt) = await tries.CheckAsync(address, name, () => colon < 0 ? null : users.Check(name, pair[(colon + 1)..]));
        if (!isLookedAt)
        {
            audit.Limited(address, "sign-in", name, WrongTries.TooMany);
            return AuthenticateResult.Fail("Too many wrong tries.");
        }

        if (user is null)
        {
            audit.Refused(address, "sign-in", name, "name or password is wrong");
            return AuthenticateResult.Fail("Name or password is wrong.");
        }

        s_known[key] = user;
        return Success(user);
    }

    static AuthenticateResult Success(User user) => AuthenticateResult.Success(new(Visitor.Of(user, Scheme_), Scheme_));

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Door.Say(Context, StatusCodes.Status401Unauthorized, $"Name or password is wrong, or there were {WrongTries.MostAMinute} wrong tries in this minute.");

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Door.SayForbidden(Context);
}
