using AiBms.Telemetry;
using Microsoft.AspNetCore.WebUtilities;

namespace AiBms.Server.Api;

/// <summary>Reads the one kind of form that pages here send; what is no such form is refused with one sentence.</summary>
static class FormBody
{
    /// <summary>A form holds an address to go on to, a guard, a name and a password.</summary>
    const int MostBytes = 32 << 10, MostFields = 16, LongestName = 64;

    /// <summary>Reads a form before anything else does; forms are taken at the addresses that are named.</summary>
    public static void UseForms(this WebApplication app, params string[] paths) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        bool isTaken = Array.Exists(paths, p => request.Path.Equals(p, StringComparison.OrdinalIgnoreCase));
        // REST takes no form at all, and says so by itself.
        if (!HttpMethods.IsPost(request.Method) || Access.Door.IsProgram(request) || !(isTaken || request.HasFormContentType))
        {
            await next(context);
            return;
        }

        if (!isTaken) throw new BadHttpRequestException($"No form is taken at {request.Path}.", StatusCodes.Status415UnsupportedMediaType);
        if (request.ContentType?.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true) throw new BadHttpRequestException("Send the form as application/x-www-form-urlencoded.", StatusCodes.Status415UnsupportedMediaType);
        request.Form = Read(await BodyBytes.ReadAsync(request, MostBytes));
        await next(context);
    });

    /// <exception cref="DataException">It has too many fields, or their names are too long.</exception>
    internal static FormCollection Read(byte[] body)
    {
        try
        {
            using MemoryStream stream = new(body);
            using FormReader reader = new(stream) { KeyLengthLimit = LongestName, ValueLengthLimit = MostBytes, ValueCountLimit = MostFields };
            return new(reader.ReadForm());
        }
        catch (InvalidDataException problem)
        {
            throw new DataException($"The form cannot be read: it may have {MostFields} fields, with names of {LongestName} characters at most.", problem);
        }
    }
}
