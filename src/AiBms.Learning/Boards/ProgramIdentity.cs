using System.Security.Cryptography;
using System.Text;
using AiBms.Battery.Cells;
using AiBms.Numerics;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards;

/// <summary>What tells one build of the program from another: results kept by another build are made again.</summary>
static class ProgramIdentity
{
    /// <summary>Sixteen hexadecimal digits; the same for the same source, compiler and place of the source.</summary>
    public static string Text { get; } = Of(typeof(ProgramIdentity), typeof(CellType), typeof(SeededStream), typeof(DataException));

    static string Of(params IEnumerable<Type> oneOfEachModule) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', oneOfEachModule.Select(type => type.Module.ModuleVersionId)))))[..16];
}
