using System.Globalization;
using System.Text;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Battery.Packs;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Boards.Forms;

/// <summary>How far the microcontroller's estimators in float lie from those in double, for each output, over whole recorded drives.</summary>
public static class EdgeBoard
{
    static readonly string[] s_networks = ["ridge", "mlp", "tcn", "gru"];

    /// <summary>Runs every test recording of the sets and writes a page.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="models">The models.</param>
    /// <param name="layout">The pack whose estimators are compared.</param>
    /// <param name="stamp">What made the page.</param>
    /// <param name="talk">Told what is being run.</param>
    public static string Page(string dataFolder, CellCatalogue cells, ModelCatalogue models, PackLayout layout, string stamp, Action<string> talk)
    {
        List<FormTable> tables = [];
        PackForms? pack = null;
        foreach (var set in (Dataset[])[LgHg2.Describe(dataFolder), Panasonic18650Pf.Describe(dataFolder)])
        {
            var type = cells.Find(set.CellId);
            ModelFile[] used = [.. s_networks.Select(method => Find(models, method, type.Id)).OfType<ModelFile>()];
            CellForms forms = new();
            foreach (var file in set.In(SplitPart.Test))
            {
                talk($"{set.Id}: {file.Cycle} at {file.AmbientDegC} °C");
                var labelled = set.Load(dataFolder, file);
                forms.Run(labelled, type, used);
                if (set.Id == LgHg2.Id) (pack ??= new(layout, type)).Drive(labelled);
            }

            tables.AddRange(forms.Tables(set.Id));
        }

        if (pack is not null)
        {
            talk("rests of a pack");
            pack.Rests();
            tables.Add(pack.Table);
        }

        return Write(tables, stamp);
    }

    // A cell that a network was not trained on goes without it.
    static ModelFile? Find(ModelCatalogue models, string method, string cell)
    {
        try
        {
            return models.Find("soc", method, cell);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    static string Write(IReadOnlyList<FormTable> tables, string stamp)
    {
        StringBuilder page = new();
        page.Append("# Float on the microcontroller against double\n\n").Append(stamp).Append("\n\n");
        page.Append("Whole test recordings, a row a second, the start told to one cell's filters and to nothing else. RMS is over all rows.\n\n");
        foreach (var table in tables)
        {
            page.Append("## ").Append(table.Title).Append("\n\n").Append(table.Note).Append("\n\n");
            MarkdownTable rows = new("output", "unit", "largest difference", "RMS", "where", "rows");
            foreach (var row in table.Rows)
                rows.Add(row.Output, row.Unit, Figure(row.Largest), Figure(row.RootMeanSquare), row.Count > 0 ? $"{row.Where.Recording}, {row.Where.TimeS.ToString("0", CultureInfo.InvariantCulture)} s" : "–", row.Count.ToString("N0", CultureInfo.InvariantCulture));
            rows.Write(page);
        }

        return page.ToString();
    }

    static string Figure(double value) => double.IsFinite(value) ? value.ToString(Math.Abs(value) < 0.01 ? "0.#####" : "0.###", CultureInfo.InvariantCulture) : "–";
}
