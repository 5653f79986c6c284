using AiBms.Agent.Live;
using AiBms.Agent.Ports;
using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using AiBms.Telemetry.Readings;

namespace AiBms.Server.Demo;

/// <summary>Recorded packs behind the live chain.</summary>
static class ReplayPacks
{
    /// <summary>So many frames come in a second of the clock: more than the page shows.</summary>
    const double FramesPerS = 10;

    /// <exception cref="Telemetry.DataException">The file is no record of a pack.</exception>
    public static DemoPack Make(string file, string home, PackJournal journal, ServerOptions options, long startMs)
    {
        var recording = RecordingDoor.Open(file).OneSeries();
        var taken = ReplayPack.Unknown(recording, new CellCatalogue(Path.Combine(home, "cells")), cellName: null);
        string name = Path.GetFileName(file), stem = name.Split('.')[0];
        Console.Error.WriteLine($"aibms: {name}: {recording.RowCount} rows. {string.Join(' ', taken.Assumed)}");
        RecordedPack port = new(recording, taken.Layout);
        return new(new(new()
        {
            PackId = Id(stem),
            Name = $"{stem} (recorded)",
            Cell = taken.Cell,
            Estimation = taken.Estimation,
            Limits = taken.Limits,
            StartMs = startMs,
            // Times go by the record.
            IsClockSure = false,
            FrameS = Math.Max(1, options.Speed / FramesPerS),
            EstimatesS = Math.Max(5, options.Speed),
        }, port, journal), port.Layout);
    }

    static string Id(string stem)
    {
        string id = string.Concat(stem.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return PackIds.IsValid(id) ? id : "recorded";
    }
}
