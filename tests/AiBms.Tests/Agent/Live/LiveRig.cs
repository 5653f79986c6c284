using AiBms.Agent.Live;
using AiBms.Agent.Protection;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Telemetry.Journal;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Live;

/// <summary>A live pack over a simulated one, with a journal of its own.</summary>
sealed class LiveRig : IDisposable
{
    readonly double _stepS;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");

    public LiveRig(string pack, double stepS, LivePackOptions? options = null)
    {
        Made = TwinHome.Load(Repo.At("."), pack) with { Seed = 5, StartSoc = 0.6, Mismatch = new(), Spread = new() { StartSoc = 0.01 } };
        var settings = ProtectionFile.Parse(File.ReadAllBytes(Repo.At($"packs/protection/{pack}.json")), pack) with { SampleMs = (int)(1000 * stepS) };
        Options = (options ?? Blank) with { Cell = Made.Cell, Limits = settings.ToLimits(Made.Layout), StartMs = 1_700_000_000_000 };
        _stepS = stepS;
        Port = Drive(Made);
        Journal = Open();
        Pack = new(Options, Port, Journal);
    }

    public static LivePackOptions Blank => new() { PackId = "car-1", Name = "Car", Cell = null!, Limits = null!, StartMs = 0 };

    public PackTwinOptions Made { get; }

    public LivePackOptions Options { get; private set; }

    public PacedTwin Port { get; private set; }

    public PackJournal Journal { get; private set; }

    public LivePack Pack { get; private set; }

    public void RunS(double forS)
    {
        double untilS = Port.TimeS + forS;
        while (Port.TimeS < untilS) Assert.True(Pack.Step());
    }

    /// <summary>The agent is gone and comes again: the pack's world went on meanwhile, its clock did not begin anew.</summary>
    public void Restart()
    {
        Journal.Dispose();
        Journal = Open();
        Pack = new(Options, Port, Journal);
    }

    /// <summary>The agent comes again later, before a pack at another charge, and counts from zero.</summary>
    public void RestartLater(double laterS, double soc)
    {
        Journal.Dispose();
        (Options, Journal, Port) = (Options with { StartMs = Options.StartMs + (long)(1000 * (Port.TimeS + laterS)) }, Open(), Drive(Made with { StartSoc = soc }));
        Pack = new(Options, Port, Journal);
    }

    PacedTwin Drive(PackTwinOptions made) => new(made, new(new VehicleOptions(), made.Layout.SeriesCount * made.Layout.ParallelCount * made.Cell.CapacityAh * 3.7, 25, 5), _stepS);

    PackJournal Open() => new(new() { Path = Path.Combine(_folder.FullName, "journal.db"), GroupCommit = TimeSpan.Zero }, TimeProvider.System);

    public void Dispose()
    {
        Journal.Dispose();
        _folder.Delete(recursive: true);
    }
}
