using AiBms.Telemetry;

namespace AiBms.Learning.Datasets;

/// <summary>Makes splits for training.</summary>
public static class TrainingSplits
{
    /// <summary>Divides items by unit.</summary>
    /// <param name="description">The split in words.</param>
    /// <param name="items">Everything there is.</param>
    /// <param name="unitOf">Cycle, cell or vehicle of an item.</param>
    /// <param name="partOf">Part of an item.</param>
    /// <exception cref="DataException">A unit lies in two parts, or nothing trains.</exception>
    public static TrainingSplit<T> Of<T>(string description, IEnumerable<T> items, Func<T, string> unitOf, Func<T, SplitPart> partOf)
    {
        var all = items.Select(item => (Unit: unitOf(item), Part: partOf(item), Item: item)).Where(entry => entry.Part != SplitPart.Unused).ToList();
        foreach (var unit in all.GroupBy(entry => entry.Unit, StringComparer.Ordinal))
        {
            if (unit.Select(entry => entry.Part).Distinct().Count() > 1)
                throw new DataException($"{description}: '{unit.Key}' lies in more than one part of the split; a unit is trained on, chosen on or tested on, as a whole.");
        }

        if (!all.Any(entry => entry.Part == SplitPart.Train)) throw new DataException($"{description}: nothing to train on.");
        IReadOnlyList<(string, T)> In(SplitPart part) => [.. all.Where(entry => entry.Part == part).Select(entry => (entry.Unit, entry.Item))];
        return new TrainingSplit<T>(description, In(SplitPart.Train), In(SplitPart.Choose), [.. In(SplitPart.Test).Select(entry => entry.Item1).Distinct(StringComparer.Ordinal)]);
    }
}
