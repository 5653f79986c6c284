namespace AiBms.Server.Api;

/// <summary>Takes a body in, up to a size.</summary>
static class BodyBytes
{
    /// <exception cref="BadHttpRequestException">It is larger.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int most)
    {
        using var held = new MemoryStream();
        byte[] piece = new byte[8192];
        int count;
        while ((count = await request.Body.ReadAsync(piece)) > 0)
        {
            held.Write(piece, 0, count);
            if (held.Length > most) throw new BadHttpRequestException($"The body is larger than {most >> 10} KiB.", StatusCodes.Status413PayloadTooLarge);
        }

        return held.ToArray();
    }
}
