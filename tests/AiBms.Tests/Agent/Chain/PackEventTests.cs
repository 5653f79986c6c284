using AiBms.Agent.Chain;
using AiBms.Safety.Faults;

namespace AiBms.Tests.Agent.Chain;

public class PackEventTests
{
    /// <summary>What has just begun has lasted for no time, and its sentence does not say "for 0.0 s".</summary>
    [Fact]
    public void WhatHasOnlyBegunSaysNothingOfHowLong()
    {
        foreach (var code in Enumerable.Range(0, FaultCatalogue.Count).Select(i => (FaultCode)i))
        {
            var begins = new PackEvent(600, true, code, 3, 1.5f, 1, 600, false);
            Assert.DoesNotContain("0.0 s", begins.Sentence);
            Assert.DoesNotContain("{", begins.Sentence);
            Assert.DoesNotContain(" ,", begins.Sentence);
            Assert.EndsWith(".", begins.Sentence);
            bool says = FaultCatalogue.Row(code).Text.Contains("{duration}", StringComparison.Ordinal);
            Assert.Equal(says, (begins with { TimeS = 612.5 }).Sentence.Contains("12.5 s", StringComparison.Ordinal));
        }
    }

    /// <summary>Long times are told in units that people read.</summary>
    [Theory]
    [InlineData(612.5 - 600, "12.5 s")]
    [InlineData(900, "15 min")]
    [InlineData(9000, "2.5 h")]
    [InlineData(7_307_741, "84.6 days")]
    public void DurationsAreRead(double s, string says)
    {
        var code = Enumerable.Range(0, FaultCatalogue.Count).Select(i => (FaultCode)i).First(code => FaultCatalogue.Row(code).Text.Contains("{duration} s", StringComparison.Ordinal));
        Assert.Contains(says, new PackEvent(s, true, code, 3, 1.5f, 1, 0, false).Sentence, StringComparison.Ordinal);
    }

    /// <summary>While the pump is off any flow will do: no number with forty digits.</summary>
    [Fact]
    public void AValueBeyondAllIsNoNumber()
    {
        var ends = new PackEvent(700, false, FaultCode.CoolantFlowLowOperating, -1, float.MaxValue, 2, 600, false);
        Assert.Contains("at any L/min", ends.Sentence);
    }
}
