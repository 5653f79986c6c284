using System.Data.Common;
using AiBms.Server.Audit;
using AiBms.Telemetry;

namespace AiBms.Server.Api;

/// <summary>What a request did wrong is answered with one sentence (RFC 9457 problem), wherever it was found.</summary>
static class Refusals
{
    static readonly Action<ILogger, string, string, Exception?> s_fault = LoggerMessage.Define<string, string>(LogLevel.Error, new(1), "{Method} {Path} ended in a mistake of the server.");

    public static void UseRefusals(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (DbException) when (!context.Response.HasStarted)
        {
            // What the database says of itself is for /health and whoever sees all.
            await Results.Problem("The store cannot be used now: try again, /health says more.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
        catch (Exception problem) when (problem is DataException or BadHttpRequestException && !context.Response.HasStarted)
        {
            (int status, string why) = problem is BadHttpRequestException bad ? (bad.StatusCode, Plain(bad)) : (StatusCodes.Status400BadRequest, problem.Message);
            if (status == StatusCodes.Status408RequestTimeout) context.RequestServices.GetRequiredService<AuditLog>().Limited(Access.Door.AddressOf(context), "request", context.Request.Path, why = "The body came too slowly: send it at once.");
            await SayAsync(context, status, why);
        }
        catch (Exception problem) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            s_fault(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("AiBms"), context.Request.Method, context.Request.Path, problem);
            await SayAsync(context, StatusCodes.Status500InternalServerError, "The server made a mistake: its log says which.");
        }
    });

    /// <summary>What the framework turns away by itself (no such address, method or kind of body) has no body: it says why too.</summary>
    public static void UseWords(this WebApplication app) => app.UseStatusCodePages(async refused =>
    {
        var context = refused.HttpContext;
        int status = context.Response.StatusCode;
        string why = status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}: /openapi/v1.json lists the addresses.",
            StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not taken at {context.Request.Path}{(context.Response.Headers.Allow is { Count: > 0 } allowed ? $": {allowed} is" : "")}.",
            StatusCodes.Status415UnsupportedMediaType => "Send the body as application/json.",
            _ => $"Answered with {status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)}.",
        };
        await SayAsync(context, status, why);
    });

    /// <summary>A problem for a program, a page for people.</summary>
    static Task SayAsync(HttpContext context, int status, string why) => Access.Door.IsProgram(context.Request)
        ? Results.Problem(why, statusCode: status).ExecuteAsync(context)
        : Results.Content($"<!DOCTYPE html><html lang=\"en\"><title>AiBms</title><h1>{status}</h1><p>{System.Net.WebUtility.HtmlEncode(why)}</p><p><a href=\"/\">All packs</a></p></html>", "text/html; charset=utf-8", statusCode: status).ExecuteAsync(context);

    /// <summary>The framework names its own types: what was sent and for what is enough.</summary>
    static string Plain(BadHttpRequestException bad)
    {
        const string start = "Failed to bind parameter \"";
        if (!bad.Message.StartsWith(start, StringComparison.Ordinal)) return bad.Message;
        string[] parts = bad.Message.Split('"');
        return parts.Length > 3 ? $"'{parts[3]}' cannot be used for {parts[1].Split(' ')[^1]}." : bad.Message;
    }
}
