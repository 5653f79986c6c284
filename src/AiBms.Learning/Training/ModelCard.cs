using System.Globalization;
using System.Text;
using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Training;

/// <summary>A model's card in Markdown: the same as in its file, for people.</summary>
public static class ModelCard
{
    /// <summary>Writes the card.</summary>
    public static string Write(ModelFile file)
    {
        StringBuilder page = new();
        void Line(string text = "") => page.Append(text).Append('\n');
        string N(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";
        Line($"# {file.Id}");
        Line();
        Line($"{file.Title}. {(file.Cells.Length > 0 ? $"Trained on: {string.Join(", ", file.Cells)}." : "")}");
        Line();
        Line($"Made by `{file.Training.Command}`, version {file.Training.CodeVersion}, seed {file.Training.Seed}.");
        Line();
        if (file.Training.Options.Count > 0)
        {
            Line($"Options, defaults among them: {string.Join(", ", file.Training.Options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"`{pair.Key}` {pair.Value}"))}.{Band(file)}{Clock(file)}");
            Line();
        }

        Line("## Where it holds");
        Line();
        Line(file.Validity);
        Line();
        Line("## Scores on the parts it may be chosen on");
        Line();
        if (file.Metrics.Length > 0)
        {
            Line("| part | figure | value |");
            Line("| --- | --- | ---: |");
            foreach (var metric in file.Metrics) Line($"| {metric.Part} | {metric.Name} | {N(metric.Value)} |");
            if (file.Training.Choose.Length == 0)
            {
                Line();
                Line("Held out of folds: every unit was estimated by a training without its part of the units. The model itself learnt from all of them.");
            }
        }
        else Line("None: every unit trains, and the learner was chosen by folds of them.");

        Line();
        Line("Scores on recordings that took no part in any choice stand on the board.");
        Line();
        Line("## In and out");
        Line();
        Line("| name | unit | mean | scale | lowest seen | highest seen |");
        Line("| --- | --- | ---: | ---: | ---: | ---: |");
        foreach (var input in file.Inputs) Line($"| {input.Name} | {input.Unit} | {N(input.Mean)} | {N(input.Scale)} | {N(input.Lowest)} | {N(input.Highest)} |");
        foreach (var output in file.Outputs) Line($"| *{output.Name}* (out) | {output.Unit} | {N(output.Mean)} | {N(output.Scale)} | | |");
        Line();
        if (file.Layers.Length > 0) Line("Layers: " + string.Join(", ", file.Layers.Select(layer => $"{layer.Kind} {layer.Inputs} → {layer.Outputs}{(layer.Activation == "none" ? "" : $" ({layer.Activation})")}")) + $"; {file.Layers.Sum(layer => layer.Weights.Length + layer.Bias.Length + (layer.Recurrent?.Length ?? 0) + (layer.RecurrentBias?.Length ?? 0))} weights.");
        if (file.Trees.Length > 0) Line($"Trees: {string.Join(", ", file.Trees.Select(trees => trees.Length))}.");
        if (file.Regression is { } regression) Line($"Learner: {Told(regression)}{(file.Interval is null ? "" : "; its interval is from cells held out of folds")}.");
        Line();
        Line("## Data");
        Line();
        foreach (var data in file.Data) Line($"- {data.Title}: {data.Source}; {data.Licence}.");
        Line();
        Line($"Split: {file.Training.Split}. {file.Training.Train.Length} units trained on, {file.Training.Choose.Length} chosen on; SHA-256 over both `{file.Training.DataHash}`.");
        return page.ToString();
    }

    // A clock on another machine ends at another step.
    static string Clock(ModelFile file) => file.Training.Options.TryGetValue("minutes", out string? minutes) && minutes != "0" ? $" A training that had not ended after {minutes} min of the clock was ended there, so the command repeats only where it had." : "";

    static string Band(ModelFile file) => file.Band is null || file.Model != "soc" ? ""
        : file.Training.Options.TryGetValue("folds", out string? folds) && folds != "1" ? $" The band is from recordings held out of trainings, {folds} parts." : " The band is from the choosing recordings alone.";

    // What a regression is made of, down to the parts of an average.
    static string Told(RegressionFile regression) => regression.Kind switch
    {
        "constant" => "a constant",
        "linear" => $"{(regression.Squared.Length > 0 ? "quadratic ridge" : "ridge")}, {regression.Weights.Length + 1} weights",
        "kernel" => $"Gaussian process on {regression.Rows.Length} kept rows",
        "trees" => $"boosted trees, {regression.Trees.Length}",
        "network" => $"network {string.Join(" → ", regression.Layers.Select(layer => layer.Inputs).Append(regression.Layers[^1].Outputs))}",
        _ => $"average of {string.Join(" and ", regression.Parts.Select(Told))}",
    } + (regression.BaseInput is null ? "" : ", added to the forecast of physics") + (regression.IsLogarithmic ? ", of the logarithm" : "");
}
