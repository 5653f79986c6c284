using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary>A training whose model, card and processor time are written into a folder.</summary>
static class TrainedModel
{
    /// <summary>Trains and writes. Nothing is written where the training fails.</summary>
    public static (ModelFile File, string ModelPath) Train(ITrainer trainer, TrainingRequest request, string folder, ITrainingWatch watch)
    {
        bool isTakenUp = request.CheckpointPath is { } kept && Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(kept))!, Path.GetFileName(kept) + "*").Any();
        double before = Spent(request);
        var file = trainer.Train(request, watch);
        double processorS = Spent(request) - before;
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, file.Id + ".json");
        File.WriteAllText(path + ".new", ModelText.Format(file));
        File.Move(path + ".new", path, overwrite: true);
        File.WriteAllText(Path.Combine(folder, file.Id + ".md"), ModelCard.Write(file));
        // What was spent before the interruption is not known here.
        if (isTakenUp) watch.Say("The training was taken up, so its time is not written down.");
        else TrainingTimes.Put(folder, file.Id, processorS);
        return (file, path);
    }

    static double Spent(TrainingRequest request) => FittedNetworks.ProcessorS + (request.Fitted?.SharedS ?? 0);
}
