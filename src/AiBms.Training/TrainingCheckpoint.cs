using System.Globalization;
using System.Text.Json;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Telemetry;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AiBms.Training;

/// <summary>Weights, what the network remembers, the optimiser's moments, steps done and the best so far: a killed training goes on as if nothing had been.</summary>
/// <param name="path">The file; null for none.</param>
/// <param name="of">What training it is of, from <see cref="StateOf"/>: one of another is refused.</param>
sealed class TrainingCheckpoint(string? path, IReadOnlyDictionary<string, string> of)
{
    /// <summary>First bytes of the file.</summary>
    const string Mark = "aibms checkpoint 2";

    /// <summary>What a training goes by: method, data, seed and every option.</summary>
    public static IReadOnlyDictionary<string, string> StateOf(string method, TrainingRequest request, SocTrainingData data) => new SortedDictionary<string, string>(request.Options.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
    {
        ["method"] = method,
        ["seed"] = request.Seed.ToString(CultureInfo.InvariantCulture),
        ["recordings"] = $"{data.DataHash} {data.Split.Description} {string.Join(',', data.CellIds)}",
    };

    /// <summary>Puts kept weights, memory and moments in.</summary>
    /// <returns>Steps done before, 0 without a checkpoint; the best layers then, their score and the looks since.</returns>
    /// <exception cref="DataException">The file is of another network, or cut off.</exception>
    public (int Step, LayerFile[]? Best, double BestScore, int Since) Restore(TrainableNetwork network, OptimizerHelper optimiser, ITrainingWatch watch)
    {
        if (path is null || !File.Exists(path)) return (0, null, double.PositiveInfinity, 0);
        try
        {
            using BinaryReader reader = new(File.OpenRead(path));
            if (reader.ReadString() != Mark) throw Foreign();
            RefuseOther(JsonSerializer.Deserialize<Dictionary<string, string>>(reader.ReadString())!);
            int step = reader.ReadInt32();
            foreach (var parameter in network.parameters())
            {
                float[] values = ReadNumbers(reader);
                if (values.Length != parameter.numel()) throw Foreign();
                using var _ = no_grad();
                using var given = tensor(values).reshape(parameter.shape);
                parameter.copy_(given);
            }

            network.Memory = ReadNumbers(reader);
            optimiser.load_state_dict(reader);
            watch.Say($"Taken up after step {step} from {Path.GetFileName(path)}.");
            return (step, JsonSerializer.Deserialize<LayerFile[]>(reader.ReadString()), reader.ReadDouble(), reader.ReadInt32());
        }
        catch (Exception problem) when (problem is IOException or JsonException or FormatException)
        {
            throw Foreign();
        }
    }

    /// <summary>Keeps all of it; the file is whole or the old one.</summary>
    public void Save(TrainableNetwork network, OptimizerHelper optimiser, int step, LayerFile[] best, double bestScore, int since)
    {
        if (path is null) return;
        using (BinaryWriter writer = new(File.Create(path + ".new")))
        {
            writer.Write(Mark);
            writer.Write(JsonSerializer.Serialize(of));
            writer.Write(step);
            foreach (var parameter in network.parameters()) Write(writer, parameter.detach().cpu().contiguous().data<float>().ToArray());
            Write(writer, network.Memory);
            optimiser.save_state_dict(writer);
            writer.Write(JsonSerializer.Serialize(best));
            writer.Write(bestScore);
            writer.Write(since);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The training has ended: nothing to take up any more.</summary>
    public void Delete()
    {
        if (path is not null) File.Delete(path);
    }

    void RefuseOther(Dictionary<string, string> kept)
    {
        string[] other = [.. of.Keys.Union(kept.Keys, StringComparer.Ordinal).Where(name => of.GetValueOrDefault(name) != kept.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
        if (other.Length > 0) throw new DataException($"'{Path.GetFileName(path)}' is of a training with other {string.Join(", ", other)}: delete it, name another, or train as it was begun.");
    }

    DataException Foreign() => new($"'{Path.GetFileName(path)}' is of another network or another version: delete it, or give the options it was made with.");

    static void Write(BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        foreach (float value in values) writer.Write(value);
    }

    float[] ReadNumbers(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 0 || 4L * count > reader.BaseStream.Length) throw Foreign();
        float[] values = new float[count];
        for (int k = 0; k < count; k++) values[k] = reader.ReadSingle();
        return values;
    }
}
