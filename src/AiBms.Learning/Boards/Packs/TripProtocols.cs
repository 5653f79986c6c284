using System.Globalization;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Datasets;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Battery temperature of a BMW i3 over its trips: of the car's cells no circuit is known, so that it is learnt from other trips.</summary>
/// <remarks>
/// Ridge regression. Heat goes with the square of the current, loss with the difference to the surroundings; recent changes stand for what is
/// under way. <c>train --model temp --rungs --table bmw_i3</c> learns, the pack board reads.
/// </remarks>
public static class TripProtocols
{
    /// <summary>Name of the set, as <c>--table</c> takes it.</summary>
    public const string Set = "bmw_i3";

    /// <summary>What makes the stored models.</summary>
    public const string Command = "./aibms train --model temp --rungs --table " + Set;

    const string Folder = "bmw-i3-trips", Learner = "ridge over trips";
    const int LookRows = 600, EveryRows = 30, BriefRows = 300;

    /// <summary>True where the trips are in the data folder.</summary>
    public static bool IsIn(string data) => Directory.Exists(Path.Combine(data, Folder));

    /// <summary>A protocol for 300 and for 600 s ahead, each with the load known and unknown; each with two ways of dividing the trips.</summary>
    /// <param name="data">Folder of measured data.</param>
    /// <exception cref="DataException">The trips are not there.</exception>
    public static IReadOnlyList<HealthProtocol> All(string data)
    {
        if (!IsIn(data)) throw new DataException($"'{Folder}' is missing below '{data}'; lay the set out with './aibms data add'.");
        string[] files = [.. Directory.GetFiles(Path.Combine(data, Folder), "*.csv*").Order(StringComparer.Ordinal).Select(path => Path.Combine(Folder, Path.GetFileName(path)))];
        string hash = DataHash.Of(data, files);
        (string Name, Recording Trip)[] trips = [.. files.Select(file => (Path.GetFileName(file).Split('.')[0], RecordingDoor.Open(Path.Combine(data, file))))];
        return [.. from h in (int[])[2, 3] from isKnown in (bool[])[true, false] select Of(trips, hash, h, isKnown)];
    }

    static HealthProtocol Of((string Name, Recording Trip)[] trips, string hash, int h, bool isKnown)
    {
        int aheadS = ForecastSums.AheadS[h];
        FeatureCell[] cells = [.. trips.Select(trip => Rows(trip.Name, trip.Trip, aheadS, isKnown))];
        FeatureSet set = new()
        {
            Id = Set,
            Title = "BMW i3, trips of one car",
            Source = "BMW i3 trips, CC BY 4.0",
            Target = string.Create(CultureInfo.InvariantCulture, $"change of the battery's temperature over {aheadS} s / K"),
            FeatureNames =
            [
                "ambient less battery / K", "change over 300 s / K", "change over 600 s / K", "mean square of current over 300 s / A²", "mean square of current over 600 s / A²",
                "mean square of current over the trip / A²", .. isKnown ? (string[])["mean square of current to come / A²"] : [],
            ],
            Cells = [.. cells.Where(cell => cell.TargetValues.Length > 0)],
            DataHash = hash,
        };

        // By the number of the trip among all of them, so that a trip too short to be asked moves no other to the other side.
        HashSet<string> fifth = [.. trips.Where((_, n) => n % 5 == 4).Select(trip => trip.Name)];
        CellSplit Split(string name, Func<FeatureCell, bool> isTest) => new(name, set, set.Cells.Where(cell => !isTest(cell)), set.Cells.Where(isTest));
        return new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"temp-{Set}-{aheadS}s-{(isKnown ? "known" : "unknown")}"),
            Title = set.Title,
            Note = "",
            Set = set,
            Splits = [Split("every 5th trip", cell => fifth.Contains(cell.Id)), Split("winter from summer", cell => cell.Group == "winter")],
            Learners = [new RidgeLearner(Learner, _ => true) { LinearFactor = 1e-2 }],
            Held = Learner,
            Seeds = [1],
            Interval = new() { IsRelative = false },
        };
    }

    static FeatureCell Rows(string name, Recording trip, int rows, bool isKnown)
    {
        int n = trip.RowCount;
        double[] squares = new double[n + 1], temperatureDegC = trip.TemperatureDegC;
        for (int k = 0; k < n; k++) squares[k + 1] = squares[k] + (double.IsFinite(trip.CurrentA[k]) ? trip.CurrentA[k] * trip.CurrentA[k] : 0);
        double Mean(int from, int to) => (squares[to] - squares[from]) / (to - from);
        List<double[]> features = [];
        List<double> changesK = [];
        for (int k = LookRows; k + rows < n; k += EveryRows)
        {
            double now = temperatureDegC[k], changeK = temperatureDegC[k + rows] - now, around = trip.AmbientDegC is { } ambient ? ambient[k] - now : 0;
            double[] row =
            [
                around, now - temperatureDegC[k - BriefRows], now - temperatureDegC[k - LookRows], Mean(k - BriefRows, k), Mean(k - LookRows, k), Mean(0, k),
                .. isKnown ? (double[])[Mean(k, k + rows)] : [],
            ];
            if (!double.IsFinite(changeK) || !row.All(double.IsFinite)) continue;
            features.Add(row);
            changesK.Add(changeK);
        }

        return new(name, name.StartsWith("TripB", StringComparison.Ordinal) ? "winter" : "summer", features, [.. changesK]);
    }
}
