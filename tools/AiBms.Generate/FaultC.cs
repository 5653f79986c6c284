using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiBms.Generate;

/// <summary>Writes the catalogue as C for the microcontroller.</summary>
public static partial class FaultC
{
    static readonly string[] s_reactions = ["None", "Derate", "ZeroCharge", "ZeroBoth", "Open", "OpenAtOnce"];

    static string Head() => $"/* Made from {FaultFiles.Source} by `{FaultFiles.Command}`: edit that file, not this one. */\n";

    /// <summary>The header: faults in the catalogue's order, reactions from the mildest to the hardest.</summary>
    public static string Header(IReadOnlyList<FaultEntry> faults)
    {
        var text = new StringBuilder(Head()).Append("#ifndef AIBMS_FAULTS_H\n#define AIBMS_FAULTS_H\n\n#include <stdint.h>\n\n");
        for (int k = 0; k < s_reactions.Length; k++) text.Append(CultureInfo.InvariantCulture, $"#define AIBMS_REACTION_{Upper(s_reactions[k])} {k}U\n");
        text.Append('\n');
        for (int k = 0; k < faults.Count; k++) text.Append(CultureInfo.InvariantCulture, $"#define AIBMS_FAULT_{Upper(faults[k].Id)} {k}U\n");
        text.Append(CultureInfo.InvariantCulture, $"#define AIBMS_FAULT_COUNT {faults.Count}U\n\n");
        return text.Append("""
            typedef struct {
                uint16_t code;      /* for buses and logs; never given to another fault */
                uint8_t reaction;   /* AIBMS_REACTION_... */
                uint8_t is_latched; /* 1: only an authorised service ends it */
            } aibms_fault_row;

            extern const aibms_fault_row aibms_fault_rows[AIBMS_FAULT_COUNT];

            #endif

            """).ToString();
    }

    /// <summary>The table of rows.</summary>
    public static string Rows(IReadOnlyList<FaultEntry> faults)
    {
        var text = new StringBuilder(Head()).Append("#include \"aibms/faults.h\"\n\nconst aibms_fault_row aibms_fault_rows[AIBMS_FAULT_COUNT] = {\n");
        foreach (var fault in faults)
            text.Append(CultureInfo.InvariantCulture, $"    {{{fault.Code}U, AIBMS_REACTION_{Upper(fault.Reaction)}, {(fault.Latched ? 1 : 0)}U}}, /* {fault.Id} */\n");
        return text.Append("};\n").ToString();
    }

    static string Upper(string name) => Words().Replace(name, "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Words();
}
