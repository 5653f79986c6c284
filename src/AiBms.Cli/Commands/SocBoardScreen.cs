using System.Globalization;
using AiBms.Learning.Boards;

namespace AiBms.Cli.Commands;

/// <summary>The SOC board in a few lines: RMSE by ambient and method.</summary>
static class SocBoardScreen
{
    public static void Print(IReadOnlyList<SetResult> results, TextWriter screen)
    {
        foreach (var result in results)
        {
            screen.WriteLine($"{result.Dataset.Title}: RMSE in points of SOC from 5 min on, cut in the middle of driving, start unknown");
            screen.WriteLine($"{"ambient",10}{string.Concat(result.Rungs.Select(rung => rung.PadLeft(14)))}{"aim",10}");
            foreach (string group in result.Groups)
            {
                string cells = string.Concat(result.Rungs.Select(rung => Points(result.Summary(rung, group, BoardCondition.Headline.Name)?.RmseSoc).PadLeft(14)));
                screen.WriteLine($"{group,10}{cells}{Points(Aim.RmseOf(result.Dataset.Id, group)),10}");
            }
        }
    }

    static string Points(double? soc) => soc is { } value && double.IsFinite(value) ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) : "–";
}
