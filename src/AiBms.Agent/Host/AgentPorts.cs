using AiBms.Agent.Live;
using AiBms.Agent.Ports;
using AiBms.Agent.Protection;
using AiBms.Agent.Replay;
using AiBms.Agent.Settings;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Host;

/// <summary>Makes the port that a configuration asks for.</summary>
public static class AgentPorts
{
    /// <summary>Makes it.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="home">The folder that has cells, packs and fluids.</param>
    /// <param name="time">Clock of a port whose readings are of now.</param>
    /// <exception cref="DataException">A file or device cannot be used.</exception>
    public static AgentPort Make(AgentSettings settings, string home, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Told(() => settings.Source.Kind switch
        {
            SourceKind.Simulator => Simulator(settings, home),
            SourceKind.Recording => Recorded(settings, home),
            _ => CanPorts.Make(settings, Layout(settings, home), Cell(settings, home), Protection(settings, home), time),
        });
    }

    static T Told<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception problem) when (problem is FormatException or KeyNotFoundException or ArgumentException or CellException)
        {
            throw new DataException(problem.Message, problem);
        }
    }

    /// <summary>Looks at every file that a configuration names: layout, cell, protection, record, map. No device is opened.</summary>
    /// <exception cref="DataException">Something cannot be used; the sentence says what.</exception>
    public static void Check(AgentSettings settings, string home)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _ = Told(() =>
        {
            if (settings.Pack.Layout is not null) _ = (Cell(settings, home), Protection(settings, home).ToLimits(Layout(settings, home)));
            if (settings.Source.Kind is SourceKind.Can or SourceKind.CanLog) CanPorts.Check(settings, Layout(settings, home));
            return settings.Source.Kind == SourceKind.Recording ? Recorded(settings, home) : null;
        });
    }

    static AgentPort Simulator(AgentSettings settings, string home)
    {
        var source = settings.Source;
        var twin = TwinHome.Load(home, settings.Pack.Layout!) with
        {
            Seed = source.Seed,
            StartSoc = source.StartSoc,
            StartDegC = source.AmbientDegC,
            Mismatch = new(),
            Spread = new() { CapacityFraction = 0.01, ResistanceFraction = 0.03, StartSoc = 0.005 },
        };
        double energyWh = twin.Layout.SeriesCount * twin.Layout.ParallelCount * twin.Cell.CapacityAh * (twin.Cell.Ratings!.MinVoltageV + twin.Cell.Ratings.MaxVoltageV) / 2;
        double stepS = 1 / settings.RateHz;
        var port = new PacedTwin(twin, new(new VehicleOptions(), energyWh, source.AmbientDegC, source.Seed), stepS);
        var limits = (Protection(settings, home) with { SampleMs = (int)(1000 * stepS) }).ToLimits(twin.Layout);
        return new(port, twin.Cell, limits, IsClocked: false, []);
    }

    static AgentPort Recorded(AgentSettings settings, string home)
    {
        var recording = RecordingDoor.Open(settings.Source.File!);
        var pack = settings.Pack.Layout is null
            ? ReplayPack.Unknown(recording, new CellCatalogue(Path.Combine(home, "cells")), settings.Source.Cell)
            : ReplayPack.Known(Layout(settings, home), Cell(settings, home), Protection(settings, home), recording);
        return new(new RecordedPack(recording, pack.Layout), pack.Cell, pack.Limits, IsClocked: false, pack.Assumed) { Estimation = pack.Estimation };
    }

    static PackLayout Layout(AgentSettings settings, string home)
    {
        try
        {
            return new PackCatalogue(Path.Combine(home, "packs")).Find(settings.Pack.Layout!);
        }
        catch (KeyNotFoundException problem)
        {
            throw new DataException($"pack.layout: {problem.Message}", problem);
        }
    }

    static CellType Cell(AgentSettings settings, string home) => new CellCatalogue(Path.Combine(home, "cells")).Find(Layout(settings, home).Cell);

    static ProtectionSettings Protection(AgentSettings settings, string home)
    {
        string path = settings.Pack.Protection ?? Path.Combine(home, "packs", "protection", Layout(settings, home).Id + ".json");
        if (!File.Exists(path)) throw new DataException($"The pack has no protection file {path}: write one, and name it by pack.protection.");
        return ProtectionFile.Parse(File.ReadAllBytes(path), Path.GetFileName(path));
    }
}
