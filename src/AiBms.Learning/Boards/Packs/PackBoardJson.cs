using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiBms.Learning.Boards.Packs;

/// <summary>The pack board as JSON: parts made at different times are kept together in one file.</summary>
public static class PackBoardJson
{
    static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the parts.</summary>
    public static string Write(IReadOnlyList<BoardPart> parts) => new JsonObject
    {
        ["parts"] = new JsonArray([.. parts.Select(part => (JsonNode)new JsonObject
        {
            ["id"] = part.Id,
            ["made"] = part.Made,
            ["title"] = part.Title,
            ["method"] = part.Method,
            ["picture"] = part.HasPicture,
            ["header"] = Texts(part.Header),
            ["rows"] = new JsonArray([.. part.Rows.Select(row => (JsonNode)Texts(row))]),
            ["aims"] = new JsonArray([.. part.Aims.Select(aim => (JsonNode)new JsonObject { ["name"] = aim.Name, ["wanted"] = aim.Wanted, ["measured"] = aim.Measured, ["met"] = aim.Hit })]),
        })]),
    }.ToJsonString(s_options) + "\n";

    /// <summary>Puts new parts in the place of old ones of the same name, in the board's order.</summary>
    /// <param name="path">File of earlier parts; need not exist.</param>
    /// <param name="made">New parts.</param>
    public static IReadOnlyList<BoardPart> Merge(string path, IReadOnlyList<BoardPart> made)
    {
        var old = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))!["parts"]!.AsArray().Select(node => Read(node!)) : [];
        return [.. old.Where(part => !made.Any(m => m.Id == part.Id)).Concat(made).OrderBy(part => PackBoard.Parts.ToList().IndexOf(part.Id))];
    }

    static BoardPart Read(JsonNode node) => new()
    {
        Id = (string)node["id"]!,
        Made = (string)node["made"]!,
        Title = (string)node["title"]!,
        Method = (string)node["method"]!,
        HasPicture = (bool)node["picture"]!,
        Header = Texts(node["header"]!),
        Rows = [.. node["rows"]!.AsArray().Select(row => Texts(row!))],
        Aims = [.. node["aims"]!.AsArray().Select(aim => new PackAim((string)aim!["name"]!, (string)aim["wanted"]!, (string)aim["measured"]!, (bool)aim["met"]!))],
    };

    static string[] Texts(JsonNode array) => [.. array.AsArray().Select(text => (string)text!)];

    static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);
}
