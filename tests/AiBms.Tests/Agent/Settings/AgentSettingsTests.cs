using System.Text;
using AiBms.Agent.Host;
using AiBms.Agent.Settings;
using AiBms.Telemetry;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Settings;

/// <summary>A configuration is taken whole or refused with the key that is wrong.</summary>
public class AgentSettingsTests
{
    const string Good = """{ "pack": { "id": "car-1", "layout": "module_12s_coldplate" }, "source": { "kind": "Simulator" }, "journal": { "path": "journal.db" } }""";

    [Fact]
    public void WhatIsNotSaidHasItsDefault()
    {
        var settings = Parse(Good);
        Assert.Equal((10.0, 1.0, 10.0, 60.0, 256, 1.0, null), (settings.RateHz, settings.FrameS, settings.CheckpointS, settings.RecordBeforeS, settings.Journal.MostMiB, settings.Source.SpeedFactor, settings.Server));
        Assert.Equal(Path.Combine(Path.GetTempPath(), "journal.db"), settings.Journal.Path);
    }

    /// <summary>The course of a charge reaches the chain: its first stage that is gentler begins below full.</summary>
    [Theory]
    [InlineData("constant", 1)]
    [InlineData("multi-stage", 4)]
    public void TheCourseOfAChargeIsTold(string course, int stages) =>
        Assert.Equal(stages, Parse(Good.Replace("car-1\"", $"car-1\", \"charging\": \"{course}\"", StringComparison.Ordinal)).Pack.ToCharge().Stages.Count);

    [Fact]
    public void CommentsAreAllowed() => Assert.Equal("car-1", Parse("// the first car\n" + Good).Pack.Id);

    /// <summary>A check looks at what the file names, too: a layout, record or map that is not there is said before the pack is.</summary>
    [Theory]
    [InlineData("module_12s_coldplate", null)]
    [InlineData("no_such_pack", "no_such_pack")]
    public void ACheckLooksAtTheLayout(string layout, string? says)
    {
        var settings = Parse(Good.Replace("module_12s_coldplate", layout, StringComparison.Ordinal));
        if (says is null) AgentPorts.Check(settings, Repo.At("."));
        else Assert.Contains(says, Assert.Throws<DataException>(() => AgentPorts.Check(settings, Repo.At("."))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"pack\": {", "\"pack\": { \"nmae\": \"x\",", "pack.nmae is no key")]
    [InlineData("\"id\": \"car-1\", ", "", "pack lacks")]
    [InlineData("\"id\": \"car-1\", ", "", "'id'")]
    [InlineData("car-1", "car 1", "pack.id is 'car 1'")]
    [InlineData("car-1\"", "car-1\", \"charging\": \"fast\"", "pack.charging is 'fast': write constant or multi-stage")]
    [InlineData("\"layout\"", "\"name\"", "pack.layout is missing")]
    [InlineData("Simulator", "Simulato", "source.kind is none of Simulator, Recording, Can, CanLog")]
    [InlineData("\"Simulator\"", "\"Can\"", "source.map is missing")]
    [InlineData("\"Simulator\"", "\"Recording\", \"file\": \"none.csv\"", "source.file names")]
    [InlineData("\"Simulator\"", "\"Simulator\", \"startSoc\": 70", "source.startSoc is 70: give 0 to 1")]
    [InlineData("journal.db", "none/journal.db", "journal.path lies in")]
    [InlineData("journal.db", "jour\\u0000nal.db", "number zero")]
    [InlineData("{ \"pack\"", "{ \"rateHz\": 50, \"pack\"", "rateHz is 50: give 1 to 10")]
    [InlineData("{ \"pack\"", "{ \"rateHz\": \"fast\", \"pack\"", "rateHz is of another kind")]
    [InlineData("{ \"pack\"", "{ \"server\": { \"url\": \"ftp://x\" }, \"pack\"", "server.url is 'ftp://x'")]
    [InlineData("{ \"pack\"", "{ \"sleep\": { \"afterS\": 1 }, \"pack\"", "sleep.afterS is 1")]
    [InlineData("} }", "}", "is no JSON")]
    public void WhatIsWrongIsSaidWithItsKey(string old, string changed, string says)
    {
        string text = Good.Replace(old, changed, StringComparison.Ordinal);
        Assert.NotEqual(Good, text);
        string message = Assert.Throws<DataException>(() => Parse(text)).Message;
        Assert.StartsWith("agent.json", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    static AgentSettings Parse(string text) => AgentSettingsFile.Parse(Encoding.UTF8.GetBytes(text), "agent.json", Path.GetTempPath().TrimEnd('/'));
}
