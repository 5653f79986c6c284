using System.IO.Compression;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>Takes in what the user downloaded from a publisher: all of it checked and laid out, or nothing changed.</summary>
public static class DatasetIntake
{
    /// <summary>Lays a set out below a data folder.</summary>
    /// <param name="set">Which set it should be.</param>
    /// <param name="source">Archive or folder.</param>
    /// <param name="dataFolder">The folder that AIBMS_DATA names; made when missing.</param>
    /// <param name="taken">Told how many files were taken so far.</param>
    /// <exception cref="DataException">The source is not that set, is damaged, or the set is there already; nothing is left behind.</exception>
    public static IntakeReport Add(PublicDataset set, string source, string dataFolder, IProgress<long> taken)
    {
        string target = Path.Combine(dataFolder, set.Name);
        if (Directory.Exists(target)) throw new DataException($"{target} is there already; rename or remove it first.");
        bool isNewFolder = !Directory.Exists(dataFolder);
        string stage = Path.Combine(dataFolder, $".adding-{set.Name}-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(stage);
            var ignored = new List<string>();
            int count = Fill(stage, set, source, taken, ignored);
            foreach (var files in set.Layout)
                if (files.Fault(stage) is { } fault) throw new DataException($"{source} does not look like {set.Name}: {fault}; {set.Takes}");
            Directory.Move(stage, target);
            return new(target, count, ignored);
        }
        finally
        {
            if (Directory.Exists(stage)) Directory.Delete(stage, recursive: true);
            if (isNewFolder && Directory.Exists(dataFolder) && !Directory.EnumerateFileSystemEntries(dataFolder).Any()) Directory.Delete(dataFolder);
        }
    }

    static int Fill(string stage, PublicDataset set, string source, IProgress<long> taken, List<string> ignored)
    {
        int count = 0;
        foreach (var entry in SourceEntries.Of(source))
        {
            if (set.Place(entry.Path) is not var (target, form))
            {
                ignored.Add(entry.Path);
                continue;
            }

            string path = Path.Combine(stage, target);
            if (File.Exists(path)) throw new DataException($"{source} has two files for {target}, the second is {entry.Path}; take one of them out.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Take(entry, path, form);
            taken.Report(++count);
        }

        return count;
    }

    static void Take(SourceEntry entry, string path, IntakeForm form)
    {
        try
        {
            using var content = entry.Open();
            if (form == IntakeForm.OneHertz)
            {
                string raw = path + ".raw" + Path.GetExtension(entry.Path);
                using (var copy = File.Create(raw)) content.CopyTo(copy);
                OneHertz.Write(OneHertz.Of(RecordingDoor.Open(raw)), path);
                File.Delete(raw);
                return;
            }

            bool isPacked = entry.Path.EndsWith(".gz", StringComparison.Ordinal), packs = path.EndsWith(".gz", StringComparison.Ordinal);
            using var file = File.Create(path);
            using Stream to = packs && !isPacked ? new GZipStream(file, CompressionLevel.Optimal) : file;
            content.CopyTo(to);
        }
        catch (DataException problem)
        {
            throw new DataException($"{entry.Path} cannot be taken in: {problem.Message}", problem);
        }
        catch (InvalidDataException problem)
        {
            throw new DataException($"{entry.Path} is damaged in the archive; download it again.", problem);
        }
    }
}
