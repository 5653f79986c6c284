using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;

namespace AiBms.Cli.Commands;

/// <summary>A training whose model, card and processor time are written into a folder.</summary>
static class TrainedModel
{
    /// <summary>Trains and writes. Nothing is written where the training fails.</summary>
    public static (ModelFile File, string ModelPath) Train(ITrainer trainer, TrainingRequest request, string folder, ITrainingWatch watch)
    {
        double before = Spent(request);
        var file = trainer.Train(request, watch);
        double processorS = Spent(request) - before;
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, file.Id + ".json");
        File.WriteAllText(path + ".new", ModelText.Format(file));
        File.Move(path + ".new", path, overwrite: true);
        File.WriteAllText(Path.Combine(folder, file.Id + ".md"), ModelCard.Write(file));
        TrainingTimes.Put(folder, file.Id, processorS);
        return (file, path);
    }

    static double Spent(TrainingRequest request) => FittedNetworks.ProcessorS + (request.Fitted?.SharedS ?? 0);
}
