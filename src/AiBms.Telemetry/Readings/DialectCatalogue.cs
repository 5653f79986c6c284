using AiBms.Telemetry.Bdf;
using AiBms.Telemetry.Readings.Dialects;

namespace AiBms.Telemetry.Readings;

/// <summary>The catalogue. The first dialect that recognises a file reads it, so the particular stand before the general.</summary>
static class DialectCatalogue
{
    /// <summary>Every dialect, in the order in which they are tried.</summary>
    public static IReadOnlyList<IDialect> All { get; } =
    [
        new BdfDialect(),
        new MatMeasDialect(),
        new DigatronDialect(),
        new ArbinDialect(),
        new NewareDialect(),
        new MaccorDialect(),
        new BioLogicDialect(),
        new NovonixDialect(),
        new BasytecDialect(),
        new BitrodeDialect(),
        new BitrodeModuleDialect(),
        new K2Dialect(),
        new Samsung30QDialect(),
        new EvFieldDialect(),
        new FleetExportDialect(),
        new BmwI3Dialect(),
        new NasaPcoeDialect(),
        new DmegcDialect(),
        new LgM50RateDialect(),
        new LgM50PulseDialect(),
        new LabViewDialect(),
        new LoadProfileDialect(),
        new OwnDialect(),
        new UnitNamesDialect(),
        new LoadDialect(),
    ];

    /// <summary>How to read a file.</summary>
    /// <param name="head">What is known of it.</param>
    /// <param name="path">For the sentence.</param>
    /// <exception cref="DataException">No dialect knows it.</exception>
    public static Layout Recognise(FileHead head, string path)
    {
        foreach (IDialect dialect in All)
        {
            if (dialect.Recognise(head) is { } layout)
                return layout;
        }

        throw new DataException(
            $"{path} is in no dialect that the door knows ({First(head)}); name its columns as in docs/reference/dialects.md, for example time_s, voltage_v, current_a, temperature_c.");
    }

    static string First(FileHead head)
    {
        const int Named = 12;
        if (head.Columns is { } columns)
            return $"it holds {string.Join(", ", columns.Take(Named))}{(columns.Count > Named ? $" and {columns.Count - Named} more" : "")}";
        string line = head.Lines.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "no text";
        line = new string([.. line.Take(60).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return $"it begins with \"{line.Trim()}\"";
    }
}
