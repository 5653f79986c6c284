using System.Security.Claims;
using AiBms.Server.Access;
using AiBms.Server.Api;
using AiBms.Server.Audit;
using AiBms.Telemetry;
using AiBms.Telemetry.Devices;

namespace AiBms.Server.Devices;

/// <summary>How packs get certificates and lose them, and to which fleet they belong.</summary>
static class DeviceApi
{
    const double UsualHours = 24;
    const string Pem = "application/x-pem-file";

    public static void MapDeviceApi(this WebApplication app, bool isTls)
    {
        var api = app.MapGroup("/api/v1/devices").WithTags("devices").RequireAuthorization(nameof(Role.Admin));
        api.MapPut("/{pack}/fleet", async (string pack, HttpRequest request, DeviceBook book, AuditLog audit) =>
        {
            string fleet = (await JsonBody.ReadAsync<Place>(request)).Fleet ?? throw new DataException("Send 'fleet': its name, or an empty text for none.");
            book.Assign(pack, fleet);
            audit.Add(Visitor.NameOf(request.HttpContext.User), "fleet set", pack, fleet);
            return Results.NoContent();
        }).Accepts<Place>("application/json").Produces(204).ProducesProblem(400).WithSummary("Puts a pack into a fleet.");
        if (!isTls) return;
        api.MapGet("", (DeviceBook book) => book.All).Produces<IEnumerable<Device>>().WithSummary("Every certificate that was given out.");
        api.MapPost("/tokens", async (HttpRequest request, DeviceBook book, DeviceAuthority authority, AuditLog audit) =>
        {
            var wish = await JsonBody.ReadAsync<TokenWish>(request);
            if (!double.IsFinite(wish.Hours)) throw new DataException("'hours' is a number.");
            string secret = book.MakeToken(wish.Pack ?? "", wish.Fleet ?? "", TimeSpan.FromHours(Math.Clamp(wish.Hours, -1, 1e6)));
            audit.Add(Visitor.NameOf(request.HttpContext.User), "token made", wish.Pack!, wish.Fleet ?? "");
            return Results.Json(new Token($"{secret}.{DeviceNames.Fingerprint(authority.Root)}"));
        }).Accepts<TokenWish>("application/json").Produces<Token>().ProducesProblem(400).WithSummary("Makes a token that enrols a pack once; it is shown this once.");
        api.MapDelete("/certificates/{serial}", (string serial, ClaimsPrincipal who, DeviceBook book, AuditLog audit) =>
        {
            if (!book.Revoke(serial, Visitor.NameOf(who))) return PackApi.Refused(404, $"There is no certificate '{serial}' that holds.");
            audit.Add(Visitor.NameOf(who), "certificate revoked", book.Find(serial)!.Pack, serial);
            return Results.NoContent();
        }).Produces(204).ProducesProblem(404).WithSummary("Takes a certificate back: its pack is cut off at once.");

        app.MapGet(Enrolment.AuthorityPath, (DeviceAuthority authority) => Results.Text(authority.Root.ExportCertificatePem(), Pem)).AllowAnonymous().WithTags("devices").Produces<string>(200, Pem).WithSummary("The authority's certificate.");
        app.MapPost(Enrolment.EnrolPath, Enrol).AllowAnonymous().RequireRateLimiting(Door.Enrolments).WithTags("devices").Accepts<Wish>("application/json").Produces<string>(200, Pem).ProducesProblem(400).ProducesProblem(429).WithSummary("A token and a certificate request for a certificate.");
        app.MapPost(Enrolment.RenewPath, Renew).RequireAuthorization(Door.OfDevice).WithTags("devices").Accepts<Wish>("application/json").Produces<string>(200, Pem).ProducesProblem(400).WithSummary("The present certificate and a request for the next one.");
    }

    static async Task<IResult> Enrol(HttpRequest request, DeviceBook book, DeviceAuthority authority, AuditLog audit)
    {
        string from = Door.AddressOf(request.HttpContext);
        try
        {
            var wish = await JsonBody.ReadAsync<Wish>(request);
            // The request is looked at before the token is used up: a mistake does not cost one.
            authority.Issue(wish.Request ?? "", "pack").Dispose();
            return Give(book.UseToken(wish.Token?.Split('.')[0] ?? ""), "enrolled", wish.Request!, book, authority, audit);
        }
        catch (DataException problem)
        {
            audit.Refused(from, "enrolment", "", problem.Message);
            throw;
        }
    }

    static async Task<IResult> Renew(HttpRequest request, DeviceBook book, DeviceAuthority authority, AuditLog audit)
    {
        var wish = await JsonBody.ReadAsync<Wish>(request);
        return Give(request.HttpContext.User.FindFirstValue(DeviceDoor.PackType)!, "renewed", wish.Request ?? "", book, authority, audit);
    }

    static IResult Give(string pack, string what, string request, DeviceBook book, DeviceAuthority authority, AuditLog audit)
    {
        using var certificate = authority.Issue(request, pack);
        book.Add(new(certificate.SerialNumber, pack, new(certificate.NotAfter.ToUniversalTime()), null, ""));
        audit.Add(pack, what, pack, certificate.SerialNumber);
        return Results.Text(certificate.ExportCertificatePem(), Pem);
    }

    internal sealed record Place(string? Fleet);

    internal sealed record TokenWish(string? Pack, string? Fleet, double Hours = UsualHours);

    /// <summary>What enrols a pack once.</summary>
    internal sealed record Token([property: System.Text.Json.Serialization.JsonPropertyName("token")] string Text);

    internal sealed record Wish(string? Token, string? Request);
}
