using System.Text.Json;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Telemetry;
using TorchSharp;

namespace AiBms.Training;

/// <summary>Weights, steps done and the best so far, kept beside a training so that a kill costs little. The optimiser's momentum is not kept.</summary>
sealed class TrainingCheckpoint(string? path)
{
    /// <summary>Puts kept weights in.</summary>
    /// <returns>Steps done before, 0 without a checkpoint; the best layers then, their score and the looks since.</returns>
    /// <exception cref="DataException">The file is of another network.</exception>
    public (int Step, LayerFile[]? Best, double BestScore, int Since) Restore(TrainableNetwork network, ITrainingWatch watch)
    {
        if (path is null || !File.Exists(path)) return (0, null, double.PositiveInfinity, 0);
        using BinaryReader reader = new(File.OpenRead(path));
        int step = reader.ReadInt32();
        foreach (var parameter in network.parameters())
        {
            int count = reader.ReadInt32();
            if (count != parameter.numel()) throw new DataException($"'{Path.GetFileName(path)}' is of another network: delete it, or give the options it was made with.");
            float[] values = new float[count];
            for (int k = 0; k < count; k++) values[k] = reader.ReadSingle();
            using var _ = torch.no_grad();
            using var given = torch.tensor(values).reshape(parameter.shape);
            parameter.copy_(given);
        }

        watch.Say($"Taken up after step {step} from {Path.GetFileName(path)}.");
        return (step, JsonSerializer.Deserialize<LayerFile[]>(reader.ReadString()), reader.ReadDouble(), reader.ReadInt32());
    }

    /// <summary>Keeps the weights; the file is whole or the old one.</summary>
    public void Save(TrainableNetwork network, int step, LayerFile[] best, double bestScore, int since)
    {
        if (path is null) return;
        using (BinaryWriter writer = new(File.Create(path + ".new")))
        {
            writer.Write(step);
            foreach (var parameter in network.parameters())
            {
                float[] values = parameter.detach().contiguous().data<float>().ToArray();
                writer.Write(values.Length);
                foreach (float value in values) writer.Write(value);
            }

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
}
