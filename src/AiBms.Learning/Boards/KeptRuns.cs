using System.Security.Cryptography;
using System.Text;
using AiBms.Learning.Evaluation;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards;

/// <summary>Finished runs of a board, a file each, so that a board that was stopped goes on where it was. Nothing is taken that another program, model, cell or recording made.</summary>
/// <param name="folder">Where they are kept; made when the first is written.</param>
public sealed class KeptRuns(string folder)
{
    const int Form = 2;

    /// <summary>The runs of one rung over one recording: what is kept under the key, or what is run now and kept then.</summary>
    /// <param name="key">Everything that the result depends on; any text.</param>
    /// <param name="run">Makes it.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<CutScore>> Take(string key, Func<IReadOnlyDictionary<string, IReadOnlyList<CutScore>>> run)
    {
        string path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".runs");
        if (File.Exists(path)) return Read(path);
        var made = run();
        Directory.CreateDirectory(folder);
        using (BinaryWriter writer = new(File.Create(path + ".new"))) Write(writer, made);
        File.Move(path + ".new", path, overwrite: true);
        return made;
    }

    static void Write(BinaryWriter writer, IReadOnlyDictionary<string, IReadOnlyList<CutScore>> made)
    {
        writer.Write(Form);
        writer.Write(made.Count);
        foreach (var (condition, runs) in made)
        {
            writer.Write(condition);
            writer.Write(runs.Count);
            foreach (var run in runs) Write(writer, run);
        }
    }

    static Dictionary<string, IReadOnlyList<CutScore>> Read(string path)
    {
        try
        {
            using BinaryReader reader = new(File.OpenRead(path));
            if (reader.ReadInt32() != Form) throw new EndOfStreamException();
            Dictionary<string, IReadOnlyList<CutScore>> kept = new(StringComparer.Ordinal);
            for (int left = reader.ReadInt32(); left > 0; left--)
            {
                string condition = reader.ReadString();
                var runs = new CutScore[reader.ReadInt32()];
                for (int k = 0; k < runs.Length; k++) runs[k] = ReadRun(reader);
                kept[condition] = runs;
            }

            return kept;
        }
        catch (EndOfStreamException problem)
        {
            throw new DataException($"'{path}' is cut off or of another version: delete it, and its runs are made again.", problem);
        }
    }

    static void Write(BinaryWriter writer, CutScore run)
    {
        writer.Write(run.Cut.Row);
        writer.Write((int)run.Cut.Kind);
        writer.Write(run.LateRows);
        writer.Write(run.SilentRows);
        foreach (double value in (double[])[run.MeanSquareSoc, run.MeanAbsoluteSoc, run.Percentile99Soc, run.WorstSoc, run.EarlyMeanSquareSoc, run.ConvergedAfterS, run.LabelSoc]) writer.Write(value);
        foreach (var (rows, square) in run.Bands.Sums)
        {
            writer.Write(rows);
            writer.Write(square);
        }

        writer.Write(run.OutsideRows);
        writer.Write(run.AimMeanSquareSoc);
        writer.Write(run.Errors.Steps.Count);
        for (int k = 0; k < run.Errors.Steps.Count; k++)
        {
            writer.Write(run.Errors.Steps[k]);
            writer.Write(run.Errors.Rows[k]);
        }

        writer.Write(run.Blocks.Count);
        foreach (var block in run.Blocks)
        {
            writer.Write(block.Block);
            writer.Write(block.Rows);
            writer.Write(block.Covered);
            writer.Write(block.WidthSoc);
            writer.Write(block.WinklerSoc);
            writer.Write(block.Band);
        }
    }

    static ErrorCounts ReadErrors(BinaryReader reader)
    {
        int[] steps = new int[reader.ReadInt32()], rows = new int[steps.Length];
        for (int k = 0; k < steps.Length; k++) (steps[k], rows[k]) = (reader.ReadInt32(), reader.ReadInt32());
        return new(steps, rows);
    }

    static CutScore ReadRun(BinaryReader reader) => new()
    {
        Cut = new(reader.ReadInt32(), (CutKind)reader.ReadInt32()),
        LateRows = reader.ReadInt32(),
        SilentRows = reader.ReadInt32(),
        MeanSquareSoc = reader.ReadDouble(),
        MeanAbsoluteSoc = reader.ReadDouble(),
        Percentile99Soc = reader.ReadDouble(),
        WorstSoc = reader.ReadDouble(),
        EarlyMeanSquareSoc = reader.ReadDouble(),
        ConvergedAfterS = reader.ReadDouble(),
        LabelSoc = reader.ReadDouble(),
        Bands = SocBands.Of([.. Enumerable.Range(0, SocBands.Count).Select(_ => (reader.ReadInt64(), reader.ReadDouble()))]),
        OutsideRows = reader.ReadInt32(),
        AimMeanSquareSoc = reader.ReadDouble(),
        Errors = ReadErrors(reader),
        Blocks = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new BlockSums(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32()))],
    };
}
