using System.CommandLine;

namespace AiBms.Cli.Shell;

/// <summary>The options that every verb has.</summary>
static class GlobalOptions
{
    /// <summary>One JSON document on stdout.</summary>
    public const string Json = "--json";

    /// <summary>Seed of everything random.</summary>
    public const string Seed = "--seed";

    /// <summary>The seed when none is given: the same command gives the same bytes.</summary>
    public const int DefaultSeed = 1;

    /// <summary>Fresh options for one root command.</summary>
    public static Option[] Create() =>
    [
        new Option<bool>(Json) { Description = "Print one JSON document on stdout.", Recursive = true },
        new Option<int>(Seed) { Description = "Seed of everything random.", DefaultValueFactory = _ => DefaultSeed, HelpName = "N", Recursive = true },
    ];
}
