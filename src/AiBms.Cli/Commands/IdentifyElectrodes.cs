using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Cli.Shell;
using AiBms.Learning.Identification;
using AiBms.Learning.Identification.Electrodes;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary><c>identify --model</c>: the numbers of a parameter set fitted to recordings.</summary>
static class IdentifyElectrodes
{
    /// <summary>What was asked.</summary>
    /// <param name="Recipe">Recordings and their roles.</param>
    /// <param name="Folder">Where their paths start.</param>
    /// <param name="Told">What the user says about them; null with a recipe file.</param>
    /// <param name="Origin">Parameter set to begin from.</param>
    /// <param name="Options">How.</param>
    /// <param name="Command">Command to state in the file.</param>
    /// <param name="Output">File to write.</param>
    /// <param name="Plot">Picture; null for none.</param>
    internal sealed record Request(Recipe Recipe, string Folder, RecordingOptions? Told, string Origin, ElectrodeFitOptions Options, string Command, string Output, string? Plot);

    /// <summary>Fits, writes and tells.</summary>
    public static int Run(Request request, Talk talk)
    {
        ElectrodeFitResult result;
        try
        {
            var origin = new ParameterSetCatalogue(Home.ParameterSets).Find(request.Origin);
            var loaded = RecipeData.Load(request.Recipe, request.Folder, null, request.Told, withSteps: true);
            string stage = "";
            result = ElectrodeFit.Run(origin, request.Recipe.CapacityAh, [.. loaded.Select(l => l.Run)], [.. loaded.Select(l => l.IsOcv)],
                RecipeData.Table(request.Recipe, request.Folder), request.Options, (now, errorMV) =>
                {
                    if (now != stage) talk.Say(string.Create(CultureInfo.InvariantCulture, $"fitting {now}, from {errorMV:0.0} mV"));
                    stage = now;
                });
        }
        catch (Exception problem) when (problem is FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }

        string temporary = request.Output + ".new";
        File.WriteAllText(temporary, DerivedSetFile.Format(result, request.Recipe, request.Origin, request.Options, request.Command));
        File.Move(temporary, request.Output, overwrite: true);
        if (request.Plot is { } picture) ElectrodeFitFigure.Save(picture, result);
        Report(result, request.Output, talk);
        return ExitCode.Ok;
    }

    static void Report(ElectrodeFitResult result, string file, Talk talk)
    {
        if (talk.IsJson)
        {
            talk.WriteJson(new JsonObject
            {
                ["file"] = file,
                ["converged"] = result.Converged,
                ["fit"] = DerivedSetFile.Fit(result),
            });
            return;
        }

        talk.Data.WriteLine("parameter                   began at    fitted      deviation  moves V   verdict");
        foreach (var e in result.Estimates)
        {
            string deviation = double.IsFinite(e.DeviationFraction) && e.DeviationFraction < 10 ? string.Create(CultureInfo.InvariantCulture, $"{100 * e.DeviationFraction,7:0.0} %") : "        –";
            string traded = e.DeviationFraction > 0.05 && Math.Abs(e.CorrelationFraction) > 0.9 ? string.Create(CultureInfo.InvariantCulture, $"; traded against {e.Partner} ({e.CorrelationFraction:0.00})") : "";
            string profile = e.ProfileMV is { } p ? string.Create(CultureInfo.InvariantCulture, $"; halved {p.Half:0.0}, doubled {p.Twice:0.0} mV") : "";
            talk.Data.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{e.Name,-26}  {e.StartNumber,-10:0.000e0}  {e.FittedNumber,-10:0.000e0}  {deviation}  {e.SensitivityMV / 100,5:0.00} mV/% {e.Verdict}{traded}{profile}"));
        }

        talk.Data.WriteLine("recording                   use    temperature  RMSE before  after");
        foreach (var c in result.Curves)
            talk.Data.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{c.Name,-26}  {c.Use,-6} {c.TemperatureDegC,6:0.0} °C    {c.BeforeMV,7:0.0} mV  {c.AfterMV,7:0.0} mV"));
        if (!result.Converged) talk.Data.WriteLine("the search was still moving when its rounds ran out: give tighter bounds or fewer parameters");
        talk.Data.WriteLine($"written: {file}");
    }
}
