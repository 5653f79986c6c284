using System.Text.Json.Nodes;
using AiBms.Cli;
using AiBms.Tests.House;

namespace AiBms.Tests.Cli;

/// <summary>A learned model stands beside a replay: it adds its own lines and changes nothing else.</summary>
public class ReplayModelTests
{
    static string Record => Repo.At("data/pack-day.csv");

    [Fact]
    public void AModelIsShownBesideAndChangesNothing()
    {
        var (code, with, error) = CliRun.Of("replay", Record, "--cell", "lg_hg2", "--model", Repo.At("models/soc_gru-measures_lg_hg2.json"), "--json");
        Assert.Equal("", code == ExitCode.Ok ? "" : error);
        var (_, without, _) = CliRun.Of("replay", Record, "--cell", "lg_hg2", "--json");
        var told = JsonNode.Parse(with)!.AsObject();
        var learned = told["learned"]!;
        Assert.Equal("soc_gru-measures_lg_hg2", (string)learned["model"]!);
        Assert.InRange((double)learned["soc"]!, 0, 1);
        Assert.Equal((int)told["rows"]!, learned["rowsByValidity"]!.AsObject().Sum(entry => (int)entry.Value!));
        told.Remove("learned");
        Assert.Equal(JsonNode.Parse(without)!.ToJsonString(), told.ToJsonString());
    }

    [Theory]
    [InlineData("soc_gru_panasonic.json", "was trained on panasonic_18650pf")]
    [InlineData("soh_charges_xjtu.json", "estimates soh")]
    public void AModelOfSomethingElseIsRefused(string model, string sentence)
    {
        var (code, _, error) = CliRun.Of("replay", Record, "--cell", "lg_hg2", "--model", Repo.At("models/" + model));
        Assert.Equal(ExitCode.Model, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }
}
