using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;
using AiBms.Learning.Health;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Training;

/// <summary>A user's own cells to learn health and life from: recordings of charges with full discharges, or tables in the published forms. A file is a cell, but for pulses, whose table names the batteries.</summary>
static class OwnCells
{
    /// <summary>An interval is made of errors on cells held out of trainings on the others.</summary>
    const int Fewest = 3;

    /// <summary>How near to its limits a cell must have come for a discharge to tell its capacity, V. Under load the cut-off is met early by a sample.</summary>
    const double FullV = 0.02, EmptyV = 0.05;

    /// <summary>File that tells the lives of the cells whose discharge curves lie beside it: columns file and cycle_life.</summary>
    const string Lives = "lives.csv";

    /// <summary>Every charge that reached the upper limit of the cell and was followed by a discharge to the lower one, with the capacity of that discharge over the rated one.</summary>
    /// <exception cref="DataException">Too few cells, or a recording without such a charge; the message says which.</exception>
    public static FeatureSet Windows(string path, CellType cell, int seriesCount = 1)
    {
        double ratedAh = cell.CapacityAh;
        var limits = cell.Ratings ?? throw new DataException($"{cell.Id} states no voltage limits (ratings): which discharge is a full one is not known.");
        return Set(path, "capacity / rated", ChargeRow.Names, Names(path), name =>
        {
            var recording = OwnRecordings.OfOneCell(Path.Combine(path, name), cell, seriesCount);
            var charges = ChargeRow.Find(recording, 1, ratedAh);
            List<double[]> rows = [];
            List<double> targets = [];
            for (int k = 0; k < charges.Count; k++)
            {
                double given = GivenAh(recording, charges[k], k + 1 < charges.Count ? charges[k + 1].FirstRow : recording.RowCount - 1, limits);
                if (!(given > 0)) continue;
                rows.Add(charges[k].RowFeatures);
                targets.Add(given / ratedAh);
            }

            if (rows.Count == 0)
                throw new DataException(string.Create(CultureInfo.InvariantCulture, $"{name} has {charges.Count} charges, of which none reaches {limits.MaxVoltageV} V and is followed by a discharge to {limits.MinVoltageV} V (limits of {cell.Id}): there is no capacity to learn."));
            return new(name, "own", rows, [.. targets]);
        });
    }

    /// <summary>Tables of charge figures as <c>infer --model soh</c> takes them, with the capacity of each cycle, Ah.</summary>
    public static FeatureSet Charges(string path) => Set(path, "capacity / Ah", ChargeFeatureSet.FeatureNames, Names(path), name => ChargeFeatureSet.Cell(FeatureCsv.Read(Path.Combine(path, name)), name, _ => "own"));

    /// <summary>Tables of pulses as <c>infer --model soh</c> takes them, with the health of each battery.</summary>
    public static FeatureSet Pulses(string path)
    {
        var cells = Names(path).SelectMany(name => PulseBatSet.Cells(FeatureCsv.Read(Path.Combine(path, name)), "own")).ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        return Set(path, "SOH", PulseBatSet.FeatureNames, [.. cells.Keys], id => cells[id]);
    }

    /// <summary>Tables of discharge curves as <c>infer --model rul</c> takes them, and the life of each in a table beside them.</summary>
    public static FeatureSet Curves(string path)
    {
        string[] names = Names(path);
        if (!names.Contains(Lives, StringComparer.Ordinal)) throw new DataException($"'{path}' has no {Lives} with the columns file and cycle_life: the lives to learn are not known.");
        var table = FeatureCsv.Read(Path.Combine(path, Lives));
        int file = table.Column("file"), life = table.Column("cycle_life");
        Dictionary<string, double> lives = new(StringComparer.Ordinal);
        for (int row = 0; row < table.Rows.Count; row++)
            if (!lives.TryAdd(table.Rows[row][file], table.Number(row, life))) throw new DataException($"{Lives} names {table.Rows[row][file]} twice.");
        return Set(path, "cycle life / cycles", SeversonSet.FeatureNames, [.. names.Where(name => name != Lives)], name => lives.TryGetValue(name, out double cycles) && cycles > 0
            ? new(name, "own", [SeversonSet.Features(FeatureCsv.Read(Path.Combine(path, name)))], [cycles])
            : throw new DataException($"{Lives} tells no life of {name}, or none above 0."));
    }

    static FeatureSet Set(string path, string target, IReadOnlyList<string> features, string[] ids, Func<string, FeatureCell> read)
    {
        if (ids.Length < Fewest) throw new DataException($"'{path}' holds {ids.Length} cell{(ids.Length == 1 ? "" : "s")}: an interval is made of errors on cells held out, so at least {Fewest} are needed.");
        return new()
        {
            Id = SocTrainingData.Own,
            Title = "cells of a user",
            Source = "the user's own",
            Target = target,
            FeatureNames = features,
            Cells = [.. ids.Select(read)],
            DataHash = DataHash.Of(path, OwnRecordings.Names(path)),
        };
    }

    static string[] Names(string path) => Directory.Exists(path) ? [.. OwnRecordings.Names(path)] : throw new DataException($"'{path}' is no folder: health and life are learnt from several cells, a file each.");

    // Net charge from the end of a charge to the next one, Ah; NaN where cell and discharge do not tell the capacity.
    static double GivenAh(Recording recording, ChargeRow charge, int last, CellRatings limits)
    {
        double highestV = double.NegativeInfinity, lowestV = double.PositiveInfinity, givenAh = 0;
        for (int k = charge.FirstRow; k <= charge.LastRow; k++) highestV = Math.Max(highestV, double.IsFinite(recording.VoltageV[k]) ? recording.VoltageV[k] : highestV);
        for (int k = charge.LastRow + 1; k <= last; k++)
        {
            double stepS = recording.TimeS[k] - recording.TimeS[k - 1], currentA = 0.5 * (recording.CurrentA[k] + recording.CurrentA[k - 1]);
            if (!(stepS > 0) || !double.IsFinite(currentA)) continue;
            givenAh -= currentA * stepS / 3600;
            if (recording.VoltageV[k] < lowestV) lowestV = recording.VoltageV[k];
        }

        return highestV >= limits.MaxVoltageV - FullV && lowestV <= limits.MinVoltageV + EmptyV ? givenAh : double.NaN;
    }
}
