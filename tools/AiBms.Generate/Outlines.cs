using System.Text;
using System.Text.Json;

namespace AiBms.Generate;

/// <summary>Coasts and borders for the dashboard's map, from the TopoJSON file <c>countries-50m.json</c> of the npm package world-atlas 2.0.2 (Natural Earth, public domain).</summary>
/// <remarks>
/// Written as JSON: a list of lines, each of whole hundredths of a degree: east and north of the first point, then steps.
/// Lines are thinned out by the method of Douglas and Peucker (1973), DOI 10.3138/FM57-6770-U75U-7727.
/// </remarks>
public static class Outlines
{
    /// <summary>Where they are kept, below the project's root.</summary>
    public const string Path = "src/AiBms.Server/wwwroot/outlines.json";

    /// <summary>No point of the source lies further than this from what is drawn, degrees.</summary>
    const double MostOffDeg = 0.05;

    const double PerDeg = 100;

    /// <summary>Makes the file's text.</summary>
    /// <param name="topology">The TopoJSON text.</param>
    /// <exception cref="JsonException">It is not such a file.</exception>
    public static string Of(string topology)
    {
        using var document = JsonDocument.Parse(topology);
        var root = document.RootElement;
        double[] scale = Pair(root.GetProperty("transform").GetProperty("scale")), shift = Pair(root.GetProperty("transform").GetProperty("translate"));
        var text = new StringBuilder("[");
        foreach (var arc in root.GetProperty("arcs").EnumerateArray())
        {
            List<(double East, double North)> points = [];
            (double x, double y) = (0, 0);
            foreach (var step in arc.EnumerateArray())
            {
                double[] d = Pair(step);
                (x, y) = (x + d[0], y + d[1]);
                points.Add((x * scale[0] + shift[0], y * scale[1] + shift[1]));
            }

            text.Append(text.Length > 1 ? ",\n[" : "\n[").AppendJoin(',', Steps(Thinned(points))).Append(']');
        }

        return text.Append("\n]\n").ToString();
    }

    static double[] Pair(JsonElement element) => [element[0].GetDouble(), element[1].GetDouble()];

    static IEnumerable<int> Steps(List<(double East, double North)> points)
    {
        (int x, int y) = (0, 0);
        foreach (var (east, north) in points)
        {
            (int nextX, int nextY) = ((int)Math.Round(east * PerDeg), (int)Math.Round(north * PerDeg));
            yield return nextX - x;
            yield return nextY - y;
            (x, y) = (nextX, nextY);
        }
    }

    static List<(double East, double North)> Thinned(List<(double East, double North)> points)
    {
        bool[] isKept = new bool[points.Count];
        isKept[0] = isKept[^1] = true;
        Stack<(int First, int Last)> open = new([(0, points.Count - 1)]);
        while (open.TryPop(out var part))
        {
            (int furthest, double most) = (-1, MostOffDeg);
            for (int k = part.First + 1; k < part.Last; k++)
                if (Distance(points[k], points[part.First], points[part.Last]) is var distance && distance > most) (furthest, most) = (k, distance);
            if (furthest < 0) continue;
            isKept[furthest] = true;
            open.Push((part.First, furthest));
            open.Push((furthest, part.Last));
        }

        return [.. points.Where((_, k) => isKept[k])];
    }

    static double Distance((double East, double North) p, (double East, double North) a, (double East, double North) b)
    {
        (double dx, double dy, double px, double py) = (b.East - a.East, b.North - a.North, p.East - a.East, p.North - a.North);
        double length = Math.Sqrt(dx * dx + dy * dy);
        return length == 0 ? Math.Sqrt(px * px + py * py) : Math.Abs(px * dy - py * dx) / length;
    }
}
