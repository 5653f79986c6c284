using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Telemetry;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace AiBms.Server.Api;

/// <summary>Reads a body; what cannot be read is refused with one sentence.</summary>
static class JsonBody
{
    /// <summary>More than any order, comment or rule needs, bytes.</summary>
    const int MostBytes = 64 << 10;

    /// <summary>How bodies are read and answers are written.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Converters.Add(new UnknownAsNull());
        options.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    }

    /// <exception cref="DataException">It is not JSON of that shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request) where T : class =>
        Parse<T>(await BytesAsync(request), request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    /// <exception cref="DataException">It is not JSON of that shape.</exception>
    internal static T Parse<T>(byte[] body, JsonSerializerOptions options) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, options) ?? throw new DataException("The body is empty: send a JSON object.");
        }
        catch (JsonException problem)
        {
            // The library's own sentence ends in "Path: … | LineNumber: …", and names types nobody outside knows.
            string where = problem.Path is { Length: > 2 } path ? $" at {path}" : "", line = problem.LineNumber is { } number ? $" (line {number + 1}, byte {problem.BytePositionInLine + 1})" : "";
            if (problem.Message.Contains("could not be mapped", StringComparison.Ordinal))
                throw new DataException($"There is no key{where}{line}: the body takes {string.Join(", ", typeof(T).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)))}.", problem);
            string allowed = Named(typeof(T), problem.Path) is { } names ? $" Send one of {string.Join(", ", names)}." : "";
            throw new DataException($"The body is not the JSON object that is described in /openapi/v1.json: it cannot be read{where}{line}.{allowed}", problem);
        }
    }

    /// <summary>The names that stand at this place, where it takes names.</summary>
    static string[]? Named(Type type, string? path)
    {
        foreach (string name in path?.Split('.', StringSplitOptions.RemoveEmptyEntries).Skip(1) ?? [])
        {
            if (type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase) is not { } property) return null;
            type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        }

        return type.IsEnum ? Enum.GetNames(type) : null;
    }

    /// <summary>The body as it came.</summary>
    /// <exception cref="BadHttpRequestException">It is not declared as JSON, or too large.</exception>
    public static async Task<byte[]> BytesAsync(HttpRequest request)
    {
        // JSON only: a form of another site cannot send that without being asked first.
        if (!request.HasJsonContentType()) throw new BadHttpRequestException("Send the body as application/json.", StatusCodes.Status415UnsupportedMediaType);
        return await BodyBytes.ReadAsync(request, MostBytes);
    }
}
