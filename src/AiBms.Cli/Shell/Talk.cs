using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace AiBms.Cli.Shell;

/// <summary>What a verb speaks through: data on <see cref="Data"/> (stdout), everything else on <see cref="Error"/> (stderr).</summary>
sealed class Talk(TextWriter data, TextWriter error, Screen screen)
{
    // Relaxed: quotes and degree signs stay readable; the document is never put into a web page.
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    IAnsiConsole? _tables;

    /// <summary>Stdout: what a script reads, and nothing else.</summary>
    public TextWriter Data => data;

    /// <summary>Stderr: notes and complaints to a person.</summary>
    public TextWriter Error => error;

    /// <summary><c>--json</c> was given: stdout carries one JSON document.</summary>
    public bool IsJson { get; private set; }

    /// <summary><c>--seed</c>, 1 unless told.</summary>
    public int Seed { get; private set; } = GlobalOptions.DefaultSeed;

    /// <summary>Stdout for Spectre's tables: colour only on a terminal without NO_COLOR, fixed width in a file.</summary>
    public IAnsiConsole Tables => _tables ??= MakeTables();

    /// <summary>A note for the person, on stderr.</summary>
    public void Say(string sentence) => error.WriteLine(sentence);

    /// <summary>The document that <c>--json</c> promises, on stdout. NaN is not JSON: put null.</summary>
    public void WriteJson(JsonNode document) => data.WriteLine(document.ToJsonString(Indented));

    /// <summary>Progress on stderr while the result lives; silent unless stderr is a terminal.</summary>
    /// <param name="doing">What is going on, such as "reading".</param>
    /// <param name="total">How much there is to do, in the units that are reported.</param>
    public ProgressLine Progress(string doing, long total) => new(screen.ErrorIsTerminal ? error : null, doing, total, TimeProvider.System);

    /// <summary>Takes over the options that every verb has.</summary>
    public void Listen(ParseResult parsed)
    {
        IsJson = parsed.GetValue<bool>(GlobalOptions.Json);
        Seed = parsed.GetValue<int>(GlobalOptions.Seed);
    }

    IAnsiConsole MakeTables()
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(data),
            Ansi = screen.Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = screen.Colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = screen.Width;
        return console;
    }
}
