using System.Runtime.CompilerServices;
using AiBms.Agent.Live;
using AiBms.Server.Access;
using AiBms.Server.Audit;
using AiBms.Server.Fleet;
using AiBms.Server.Keepers;
using AiBms.Storage;
using AiBms.Telemetry;

namespace AiBms.Server.Api;

/// <summary>Packs over REST, and the live stream.</summary>
static class PackApi
{
    const int MostPoints = 50_000;

    internal sealed record PackSpan(long FromMs, long ToMs);

    public static void MapPackApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithTags("packs");
        api.MapGet("/packs", (FleetView fleet, TimeProvider time) => PackSummary.Ranked(fleet, time.GetUtcNow())).Produces<IEnumerable<PackSummary>>().WithSummary("Every pack, the one at most risk first.");
        api.MapGet("/packs/{id}", IResult (string id, FleetView fleet) => fleet.Find(id) is { } pack ? Results.Json(pack) : Missing(id)).Produces<FleetPack>().ProducesProblem(404).WithSummary("All that is known of a pack now.");
        api.MapGet("/packs/{id}/estimates", async Task<IResult> (string id, FleetView fleet, IPackKeepers keepers) => fleet.Find(id) is null ? Missing(id) : await keepers.EstimatesAsync(id) is var (now, why) && now is not null ? Results.Json(now) : Refused(404, why))
            .Produces<OwnEstimates>().ProducesProblem(404).WithSummary("What the server itself estimates of a pack from its frames, beside what the pack says; 404 where it does not, with the reason.");
        api.MapGet("/packs/{id}/history", HistoryOf).Produces<Dictionary<string, double[][]>>().ProducesProblem(400).ProducesProblem(404).WithSummary("Series over time; of each piece the least and the greatest value are kept. format=csv gives every row, format=influx every row in InfluxDB's line protocol, format=parquet every row with each cell and probe in a Parquet file.");
        api.MapGet("/packs/{id}/span", IResult (string id, FleetView fleet, IReadingStore store) => fleet.Find(id) is null ? Missing(id) : store.Span(id) is { } span ? Results.Json(new PackSpan(span.FirstMs, span.LastMs)) : Refused(404, $"Pack {id} has no frames yet."))
            .Produces<PackSpan>().ProducesProblem(404).WithSummary("Time of the first and the last frame, ms since 1970.");
        api.MapGet("/packs/{id}/window", WindowOf).Produces<string>(200, "text/csv").ProducesProblem(400).ProducesProblem(404).WithSummary("Every row around a time, with each cell and probe, at full rate where the agent kept it (CSV).");
        api.MapPost("/packs/{id}/orders", Order).RequireAuthorization(nameof(Role.Operator)).Accepts<PackOrder>("application/json").Produces(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).WithSummary("Asks something of a pack: mode, restart; in the demo a fault. 409 while the pack has no connection that it could hear it by.");
        api.MapGet("/stream", (FleetView fleet, TimeProvider time, IHostApplicationLifetime life, CancellationToken stop) => TypedResults.ServerSentEvents(Stream(fleet, time, life, stop), "packs"))
            .WithSummary("Every pack, whenever something changed, at most twice a second (server-sent events).");
    }

    internal static IResult Missing(string id) => Refused(StatusCodes.Status404NotFound, $"No pack is called '{id}': see /api/v1/packs.");

    internal static IResult Refused(int status, string why) => Results.Problem(why, statusCode: status);

    static IResult HistoryOf(string id, FleetView fleet, IReadingStore store, long? from, long? to, int? points, string? signals, string? format)
    {
        if (fleet.Find(id) is not { } pack) return Missing(id);
        string[] names = signals?.Split(',') ?? [.. History.Signals.Keys];
        if (Array.Find(names, n => !History.Signals.ContainsKey(n)) is { } unknown) return Refused(400, $"There is no signal '{unknown}'. There are: {string.Join(", ", History.Signals.Keys)}.");
        long toMs = to ?? pack.FrameMs + 1, fromMs = from ?? toMs - 3_600_000;
        if (fromMs >= toMs) return Refused(400, "'from' must lie before 'to', both in ms since 1970.");
        if (points is < 2 or > MostPoints) return Refused(400, $"'points' is a number from 2 to {MostPoints}.");
        if (format == "csv") return Results.Stream(to => HistoryRows.CsvAsync(to, store, id, fromMs, toMs, names), "text/csv; charset=utf-8");
        if (format == "influx") return Results.Stream(to => HistoryRows.LinesAsync(to, store, id, fromMs, toMs, names), "text/plain; charset=utf-8");
        if (format == "parquet") return Results.Stream(to => HistoryParquet.WriteAsync(to, store, id, pack.Card, fromMs, toMs, names, CancellationToken.None), "application/vnd.apache.parquet", $"{id}.parquet");
        return format is null or "json" ? Results.Json(History.Of(store, id, fromMs, toMs, points ?? 1000, names)) : Refused(400, "'format' is json, csv, influx or parquet.");
    }

    static IResult WindowOf(string id, FleetView fleet, IReadingStore store, long? at, int? seconds)
    {
        if (fleet.Find(id) is not { } pack) return Missing(id);
        if (seconds is < 1 or > RawWindow.MostS) return Refused(400, $"'seconds' is a number from 1 to {RawWindow.MostS}.");
        return Results.Text(RawWindow.Csv(store, pack, at ?? pack.FrameMs, seconds ?? 60), "text/csv");
    }

    static async Task<IResult> Order(string id, HttpRequest request, FleetView fleet, Orders orders, AuditLog audit)
    {
        if (fleet.Find(id) is not { } pack) return Missing(id);
        var order = await JsonBody.ReadAsync<PackOrder>(request);
        if (order is { Mode: null, IsRestart: false, Fault: "" }) throw new DataException("The order asks for nothing: send 'mode', 'isRestart' or, in the demo, 'fault'.");
        if (order.Fault.Length > 0 && !request.HttpContext.User.IsInRole(nameof(Role.Engineer))) return Refused(StatusCodes.Status403Forbidden, "Faults are for engineers.");
        if (await orders.SendAsync(pack, order) is { Length: > 0 } unheard) return Refused(StatusCodes.Status409Conflict, unheard);
        audit.Add(Visitor.NameOf(request.HttpContext.User), "order sent", id, System.Text.Encoding.UTF8.GetString(order.ToBytes()));
        return Results.Accepted();
    }

    static async IAsyncEnumerable<IReadOnlyList<PackSummary>> Stream(FleetView fleet, TimeProvider time, IHostApplicationLifetime life, [EnumeratorCancellation] CancellationToken stop)
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
