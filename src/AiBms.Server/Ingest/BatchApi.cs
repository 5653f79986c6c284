using System.Security.Claims;
using AiBms.Server.Access;
using AiBms.Server.Api;
using AiBms.Server.Audit;
using AiBms.Server.Fleet;
using AiBms.Server.Keepers;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Https;

namespace AiBms.Server.Ingest;

/// <summary>Batches by HTTPS, for agents that MQTT does not reach: the answer comes after the commit, so 204 means durable.</summary>
static class BatchApi
{
    public static void MapBatches(this WebApplication app) => app.MapPost(HttpLink.PathOf("{id}"), Take).RequireAuthorization(Door.OfSender).DisableAntiforgery().WithTags("ingest")
        .Accepts<byte[]>(HttpLink.Cbor).Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(413).ProducesProblem(429).ProducesProblem(503).WithSummary("Stores a batch of records, as docs/reference/telemetry.md has it; 204 means that it is on disk.");

    static async Task<IResult> Take(string id, HttpRequest request, IPackKeepers keepers, PackPace pace, FleetView view, AuditLog audit, ServerFigures figures, CancellationToken stop)
    {
        string? own = request.HttpContext.User.FindFirstValue(DeviceDoor.PackType);
        if (own is null ? !view.Sees(id) : own != id)
        {
            string why = own is null ? $"The pack {id} is not of your fleet." : $"The pack {own} may write its own batches only, not those of {id}.";
            figures.Refuse(why);
            audit.Refused(own ?? Visitor.NameOf(request.HttpContext.User), "batch", id, why);
            return PackApi.Refused(StatusCodes.Status403Forbidden, why);
        }


        try
        {
            byte[] body = await BodyAsync(request, stop);
            if (!await pace.WaitAsync(id, body.Length, stop))
            {
                string much = $"The pack {id} sends more than it may: send it again later.";
                figures.Refuse(much);
                audit.Refused(own ?? Visitor.NameOf(request.HttpContext.User), "batch", id, much);
                return PackApi.Refused(StatusCodes.Status429TooManyRequests, much);
            }

            var batch = RecordBatch.Of(body);
            if (batch.PackId != id) throw new DataException($"The batch is of pack {batch.PackId}, its address of {id}: send it to its own address.");
            await keepers.AcceptAsync(batch, stop);
            return Results.NoContent();
        }
        catch (DataException problem)
        {
            figures.Refuse(problem.Message);
            return PackApi.Refused(StatusCodes.Status400BadRequest, problem.Message);
        }
        catch (System.Data.Common.DbException)
        {
            return PackApi.Refused(StatusCodes.Status503ServiceUnavailable, "Not stored: send it again.");
        }
    }

    static async Task<byte[]> BodyAsync(HttpRequest request, CancellationToken stop)
    {
        using var body = new MemoryStream();
        byte[] part = new byte[1 << 16];
        for (int count; (count = await request.Body.ReadAsync(part, stop)) > 0;)
        {
            body.Write(part, 0, count);
            if (body.Length > RecordBatch.MostBytes) throw new DataException($"The batch has more than {RecordBatch.MostBytes} bytes: send fewer records at once.");
        }

        return body.ToArray();
    }
}
