using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiBms.Server.Api;

/// <summary>What is not known is null in JSON, which has no NaN.</summary>
sealed class UnknownAsNull : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        // Six decimals are more than anything here is known to. A time in ms since 1970 has none, and rounding would shift it by its last bit.
        if (double.IsFinite(value)) writer.WriteNumberValue(double.IsInteger(value) ? value : Math.Round(value, 6));
        else writer.WriteNullValue();
    }
}
