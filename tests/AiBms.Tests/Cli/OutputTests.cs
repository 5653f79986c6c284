using AiBms.Cli;
using AiBms.Tests.Telemetry;

namespace AiBms.Tests.Cli;

/// <summary>A file that is read is never written over, and what is written has the name of its form.</summary>
public class OutputTests
{
    const string Rows = "time_s,voltage_v,current_a\n0,3.7,-1\n1,3.7,-1\n2,3.7,-1\n";

    public static TheoryData<string> Overwriting() =>
    [
        "convert F --out F",
        "infer --input F --out F --cell sample_nmc --current-sign charge",
        "identify --id x --capacity-ah 2 --fit F --out F --current-sign charge",
        "simulate --pack ev_96s2p_immersion --load F --current-sign charge --out F",
        "simulate --pack ev_96s2p_immersion --experiment F --out F",
    ];

    [Theory]
    [MemberData(nameof(Overwriting))]
    public void AFileThatIsReadIsNotReplaced(string command)
    {
        using var file = new TextFile("only.csv", Rows);
        string twin = Path.Combine(file.Folder, "..", Path.GetFileName(file.Folder), "only.csv"); // the same file by another way
        string[] words = command.Split(' ');
        int last = Array.LastIndexOf(words, "F");
        (int code, _, string error) = CliRun.Of([.. words.Select((word, k) => word != "F" ? word : k == last ? twin : file.Path)]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("would replace a file that is read", error, StringComparison.Ordinal);
        Assert.Equal(Rows, File.ReadAllText(file.Path));
    }

    [Fact]
    public void APictureDoesNotReplaceTheTable()
    {
        using var file = new TextFile("a.png", Rows);
        Assert.Contains("would replace", CliRun.Of("infer", "--input", file.Path, "--cell", "sample_nmc", "--plot", file.Path).Error, StringComparison.Ordinal);
        Assert.Contains("would replace", CliRun.Of("evaluate", file.Path, "--cell", "sample_nmc", "--plot", file.Path).Error, StringComparison.Ordinal);
        Assert.Equal(Rows, File.ReadAllText(file.Path));
    }

    [Theory]
    [InlineData("infer --input x.csv --plot x.svg")]
    [InlineData("evaluate x.csv --cell sample_nmc --plot x.jpg")]
    [InlineData("identify --recipe x.json --plot x")]
    [InlineData("simulate --pack ev_96s2p_immersion --plot x.pdf")]
    public void APictureIsAPng(string command)
    {
        (int code, _, string error) = CliRun.Of(command.Split(' '));
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("ends in .png", error, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOfSeveralSeriesMustBeChosen()
    {
        using var file = new TextFile("a.bdf.csv", "Test Time / s,Voltage / V,Current / A,Series\n0,3.7,-1,warm\n1,3.7,-1,warm\n2,3.7,-1,warm\n0,3.6,-1,cold\n1,3.6,-1,cold\n");
        string[] infer = ["infer", "--input", file.Path, "--cell", "sample_nmc"], evaluate = ["evaluate", file.Path, "--cell", "sample_nmc"];
        foreach (string[] command in (string[][])[infer, evaluate])
        {
            (int code, _, string error) = CliRun.Of(command);
            Assert.Equal(ExitCode.Data, code);
            Assert.Contains("holds 2 series (warm, cold): choose one by --series NAME", error, StringComparison.Ordinal);
        }

        (int chosen, string output, _) = CliRun.Of([.. infer, "--series", "cold"]);
        Assert.Equal(ExitCode.Ok, chosen);
        Assert.Contains("2 rows", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ACellIsFoundInAnyCase() =>
        Assert.Equal(CliRun.Of("simulate", "drive", "--interval", "60", "--cell", "sample_nmc").Output.Split('\n')[3..], CliRun.Of("simulate", "drive", "--interval", "60", "--cell", "SAMPLE_nmc").Output.Split('\n')[3..]);

    [Fact]
    public void ACapacityIsAboveZero()
    {
        (int code, _, string error) = CliRun.Of("identify", "--id", "x", "--capacity-ah", "-1", "--fit", "x.csv");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--capacity-ah must be above 0", error, StringComparison.Ordinal);
    }
}
