using AiBms.Agent.Host;
using AiBms.Battery.Packs;
using AiBms.Cli.Shell;
using AiBms.Telemetry;

namespace AiBms.Cli;

/// <summary>Where the things that ship beside the program are: cells, models, data.</summary>
static class Home
{
    /// <summary>Where every program looks for them, else the program's own folder.</summary>
    public static string Folder { get; } = AgentHome.Locate() ?? AppContext.BaseDirectory;

    /// <summary>Cell files.</summary>
    public static string Cells => Path.Combine(Folder, "cells");

    /// <summary>Trained models.</summary>
    public static string Models => Path.Combine(Folder, "models");

    /// <summary>Models of boards' rungs, one for each split; made here, never shipped.</summary>
    public static string Rungs => Path.Combine(Models, "rungs");

    /// <summary>The LG cell that was identified without the ambient that the temperature board keeps out.</summary>
    public static string UnseenCell => Path.Combine(Cells, "unseen", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"lg_hg2_without_{AiBms.Learning.Boards.Temperature.TemperatureProtocols.UnseenDegC}.json"));

    /// <summary>Pack files.</summary>
    public static string Packs => Path.Combine(Folder, "packs");

    /// <summary>The pack that a person named: an id, or the path of a pack file.</summary>
    /// <exception cref="DataException">There is none, or its file is no usable layout.</exception>
    public static PackLayout Pack(string name)
    {
        try
        {
            return new PackCatalogue(Packs).Find(name);
        }
        catch (Exception problem) when (problem is FormatException or KeyNotFoundException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }
    }

    /// <summary>Coolants.</summary>
    public static string Fluids => Path.Combine(Folder, "fluids");

    /// <summary>Parameter sets of physics-based models.</summary>
    public static string ParameterSets => Path.Combine(Cells, "physics");

    /// <summary>Samples made by our own simulator.</summary>
    public static string Samples => Path.Combine(Folder, "data");

    /// <summary>The folder of measured data that AIBMS_DATA names; null when it is not set.</summary>
    public static string? MeasuredData => Environment.GetEnvironmentVariable("AIBMS_DATA") is { Length: > 0 } told ? told : null;
}
