using System.Text.Json.Serialization;

namespace AiBms.Battery.Packs;

/// <summary>Cells that are built, bought and swapped together.</summary>
/// <param name="Id">Name as it is on the module.</param>
/// <param name="FirstCell">Its first cell in series order, from 0.</param>
/// <param name="CellCount">Its cells in series.</param>
public sealed record PackModule(string Id, int FirstCell, int CellCount)
{
    /// <summary>Serial number of the module that is built in; null where nobody says. With another one, what was learnt of its cells is forgotten.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Serial { get; init; }

    /// <summary>Serial numbers of its cells, in series order, where single cells can be swapped; null where nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CellSerials { get; init; }
}
