using System.Runtime.CompilerServices;
using AiBms.Agent.Live;
using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Telemetry;

namespace AiBms.Server.Api;

/// <summary>Packs over REST, and the live stream.</summary>
static class PackApi
{
    const int MostPoints = 50_000;

    public static void MapPackApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("packs");
        api.MapGet("/packs", (LiveFleet fleet, TimeProvider time) => PackSummary.Ranked(fleet, time.GetUtcNow())).WithSummary("Every pack, the one at most risk first.");
        api.MapGet("/packs/{id}", IResult (string id, LiveFleet fleet) => fleet.Find(id) is { } pack ? Results.Json(pack) : Missing(id)).WithSummary("All that is known of a pack now.");
        api.MapGet("/packs/{id}/history", HistoryOf).WithSummary("Series over time; of each piece the least and the greatest value are kept. format=csv gives every row.");
        api.MapPost("/packs/{id}/orders", Order).Accepts<PackOrder>("application/json").WithSummary("Asks something of a pack: mode, restart; in the demo a fault.");
        api.MapGet("/stream", (LiveFleet fleet, TimeProvider time, IHostApplicationLifetime life, CancellationToken stop) => TypedResults.ServerSentEvents(Stream(fleet, time, life, stop), "packs"))
            .WithSummary("Every pack, whenever something changed, at most twice a second (server-sent events).");
    }

    static IResult Missing(string id) => Refused(StatusCodes.Status404NotFound, $"No pack is called '{id}': see /api/v1/packs.");

    internal static IResult Refused(int status, string why) => Results.Problem(why, statusCode: status);

    static IResult HistoryOf(string id, LiveFleet fleet, IReadingStore store, long? from, long? to, int? points, string? signals, string? format)
    {
        if (fleet.Find(id) is not { } pack) return Missing(id);
        string[] names = signals?.Split(',') ?? [.. History.Signals.Keys];
        if (Array.Find(names, n => !History.Signals.ContainsKey(n)) is { } unknown) return Refused(400, $"There is no signal '{unknown}'. There are: {string.Join(", ", History.Signals.Keys)}.");
        long toMs = to ?? pack.FrameMs + 1, fromMs = from ?? toMs - 3_600_000;
        if (fromMs >= toMs) return Refused(400, "'from' must lie before 'to', both in ms since 1970.");
        if (points is < 2 or > MostPoints) return Refused(400, $"'points' is a number from 2 to {MostPoints}.");
        if (format == "csv") return Results.Text(History.Csv(store, id, fromMs, toMs, names), "text/csv");
        return format is null or "json" ? Results.Json(History.Of(store, id, fromMs, toMs, points ?? 1000, names)) : Refused(400, "'format' is json or csv.");
    }

    static async Task<IResult> Order(string id, HttpRequest request, LiveFleet fleet, Orders orders)
    {
        if (fleet.Find(id) is null) return Missing(id);
        // JSON only: a form of another site cannot send that without being asked first.
        if (!request.HasJsonContentType()) return Refused(StatusCodes.Status415UnsupportedMediaType, "Send the order as application/json.");
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        try
        {
            await orders.SendAsync(id, PackOrder.Of(body.ToArray()));
            return Results.Accepted();
        }
        catch (DataException problem)
        {
            return Refused(400, problem.Message);
        }
    }

    static async IAsyncEnumerable<IReadOnlyList<PackSummary>> Stream(LiveFleet fleet, TimeProvider time, IHostApplicationLifetime life, [EnumeratorCancellation] CancellationToken stop)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop, life.ApplicationStopping);
        long seen = -1;
        while (!ends.IsCancellationRequested)
        {
            if (fleet.Version != seen)
            {
                seen = fleet.Version;
                yield return [.. PackSummary.Ranked(fleet, time.GetUtcNow())];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), time, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
