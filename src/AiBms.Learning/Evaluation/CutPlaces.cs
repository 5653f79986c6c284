using AiBms.Learning.Datasets;
using AiBms.Numerics;

namespace AiBms.Learning.Evaluation;

/// <summary>Chooses where recordings are cut.</summary>
public static class CutPlaces
{
    /// <summary>Seeded places while driving, in order, then places at the end of rests, in order.</summary>
    public static IReadOnlyList<Cut> Find(LabelledRecording labelled, CutOptions options, ulong seed)
    {
        List<Cut> cuts = [.. Sample(Eligible(labelled, options), options.DriveCuts, SeededStream.For(seed, labelled.Recording.Name)).Select(row => new Cut(row, CutKind.Drive))];
        var rests = AfterRest(labelled, options);
        int count = Math.Min(options.RestCuts, rests.Count);
        for (int k = 0; k < count; k++) cuts.Add(new(rests[(int)((k + 0.5) * rests.Count / count)], CutKind.AfterRest));
        return cuts;
    }

    /// <summary>Rows where a drive cut is allowed: SOC inside the range, current above C/10, enough time left.</summary>
    public static List<int> Eligible(LabelledRecording labelled, CutOptions options)
    {
        double currentA = options.DriveFraction * labelled.ReferenceAh;
        List<int> rows = [];
        for (int k = 0; k < labelled.Soc.Length; k++)
            if (Allowed(labelled, options, k) && Math.Abs(labelled.Recording.CurrentA[k]) > currentA) rows.Add(k);
        return rows;
    }

    /// <summary>Last rows of rests of at least <see cref="CutOptions.RestS"/> that a load follows.</summary>
    public static List<int> AfterRest(LabelledRecording labelled, CutOptions options)
    {
        var recording = labelled.Recording;
        double currentA = options.RestFraction * labelled.ReferenceAh;
        List<int> rows = [];
        int began = -1;
        for (int k = 0; k < recording.RowCount; k++)
        {
            bool resting = Math.Abs(recording.CurrentA[k]) < currentA;
            if (resting && began < 0) began = k;
            if (resting) continue;
            if (began >= 0 && recording.TimeS[k - 1] - recording.TimeS[began] >= options.RestS && Allowed(labelled, options, k - 1)) rows.Add(k - 1);
            began = -1;
        }

        return rows;
    }

    static bool Allowed(LabelledRecording labelled, CutOptions options, int row) =>
        labelled.Soc[row] > options.LowestSoc && labelled.Soc[row] < options.HighestSoc
        && labelled.Recording.TimeS[^1] - labelled.Recording.TimeS[row] > options.RemainingS;

    // The first steps of a Fisher–Yates shuffle draw without replacement.
    static List<int> Sample(List<int> rows, int count, SeededStream stream)
    {
        count = Math.Min(count, rows.Count);
        for (int k = 0; k < count; k++)
        {
            int other = k + stream.NextBelow(rows.Count - k);
            (rows[k], rows[other]) = (rows[other], rows[k]);
        }

        rows.RemoveRange(count, rows.Count - count);
        rows.Sort();
        return rows;
    }
}
