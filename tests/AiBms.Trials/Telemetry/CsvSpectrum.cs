using System.Text;
using System.Text.Json;
using AiBms.Telemetry.Csv;

namespace AiBms.Trials.Telemetry;

/// <summary>csv-spectrum, the public conformance files of CSV: every row as the JSON beside it says.</summary>
public class CsvSpectrum
{
    [Fact]
    public void EveryFileReadsAsItsJsonSays()
    {
        string? data = Environment.GetEnvironmentVariable("AIBMS_DATA");
        string folder = Path.Combine(data ?? "", "..", "suites", "csv");
        Assert.SkipWhen(data is null || !Directory.Exists(folder), "skipped: no suites beside the data folder");
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(folder, "csvs"), "*.csv")];
        Assert.Equal(12, files.Length);
        foreach (string file in files)
        {
            using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "json", Path.GetFileNameWithoutExtension(file) + ".json")));
            List<string[]> rows = Rows(File.ReadAllBytes(file));
            // A file of one row has the row itself as its JSON.
            JsonElement root = expected.RootElement;
            JsonElement[] expectedRows = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
            Assert.Equal(expectedRows.Length, rows.Count - 1);
            for (int row = 1; row < rows.Count; row++)
            {
                var properties = expectedRows[row - 1].EnumerateObject().ToList();
                // One telephone number was blotted out in the CSV of the suite and not in its JSON.
                Assert.Equal(properties.Select(property => (property.Name, property.Value.GetString()!)).Where(Compared), rows[0].Zip(rows[row]).Where(Compared));
            }
        }
    }

    static bool Compared((string Column, string Value) field) => field.Column != "Contact Phone Number";

    static List<string[]> Rows(ReadOnlySpan<byte> text)
    {
        List<string[]> rows = [];
        List<byte[]> fields = [];
        while (!text.IsEmpty)
        {
            int used = CsvRow.Read(text, (byte)',', isFinal: true, fields);
            rows.Add([.. fields.Select(Encoding.UTF8.GetString)]);
            text = text[used..];
        }

        return rows;
    }
}
