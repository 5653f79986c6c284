using System.Data.Common;
using AiBms.Telemetry;

namespace AiBms.Server.Api;

/// <summary>What a request did wrong is answered with one sentence (RFC 9457 problem), wherever it was found.</summary>
static class Refusals
{
    public static void UseRefusals(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (DbException problem) when (!context.Response.HasStarted)
        {
            await Results.Problem($"The store cannot be used now, try again: {problem.Message}", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
        catch (Exception problem) when (problem is DataException or BadHttpRequestException && !context.Response.HasStarted)
        {
            (int status, string why) = problem is BadHttpRequestException bad ? (bad.StatusCode, Plain(bad)) : (StatusCodes.Status400BadRequest, problem.Message);
            await Results.Problem(why, statusCode: status).ExecuteAsync(context);
        }
    });

    /// <summary>The framework names its own types: what was sent and for what is enough.</summary>
    static string Plain(BadHttpRequestException bad)
    {
        const string start = "Failed to bind parameter \"";
        if (!bad.Message.StartsWith(start, StringComparison.Ordinal)) return bad.Message;
        string[] parts = bad.Message.Split('"');
        return parts.Length > 3 ? $"'{parts[3]}' cannot be used for {parts[1].Split(' ')[^1]}." : bad.Message;
    }
}
