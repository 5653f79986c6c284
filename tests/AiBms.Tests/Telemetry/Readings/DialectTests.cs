using AiBms.Telemetry.Readings;
using AiBms.Tests.House;

namespace AiBms.Tests.Telemetry.Readings;

/// <summary>One simulated recording in the words of each recorder opens to the same recording.</summary>
public class DialectTests
{
    const int Rows = 40;
    const string Folder = "tests/AiBms.Tests/Telemetry/Fixtures";

    // File, dialect, sign in the file, has a net counter, has a temperature.
    public static TheoryData<string, string, CurrentSign, bool, bool> Fixtures() => new()
    {
        { "arbin_mits7.csv", "arbin", CurrentSign.Charge, true, false },
        { "arbin_mits10.csv", "arbin", CurrentSign.Charge, true, true },
        { "neware_btsda.csv", "neware", CurrentSign.Charge, true, true },
        { "neware_milliampere.csv", "neware", CurrentSign.Charge, false, false },
        { "maccor.txt", "maccor", CurrentSign.Charge, false, false },
        { "maccor_named_units.csv", "maccor", CurrentSign.Charge, false, true },
        { "biologic_decimal_point.mpt", "biologic", CurrentSign.Charge, true, true },
        { "biologic_decimal_comma.mpt", "biologic", CurrentSign.Charge, true, true },
        { "novonix.csv", "novonix", CurrentSign.Charge, true, true },
        { "basytec.txt", "basytec", CurrentSign.Charge, true, true },
        { "digatron.csv", "digatron", CurrentSign.Charge, true, true },
        { "bitrode.csv", "bitrode", CurrentSign.Charge, true, false },
        { "labview.lvm", "labview", CurrentSign.Charge, false, true },
        { "bdf_labels.bdf.csv", "bdf", CurrentSign.Charge, true, true },
        { "bdf_machine_names.csv", "bdf", CurrentSign.Charge, true, true },
        { "fleet_export.csv", "fleet-export", CurrentSign.Discharge, false, true },
        { "unit_names.csv", "unit-names", CurrentSign.Charge, false, false },
        { "meas_compressed.mat", "meas", CurrentSign.Charge, true, true },
        { "meas_plain.mat", "meas", CurrentSign.Charge, true, true },
    };

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void EveryFixtureOpensToTheSameRecording(string file, string dialect, CurrentSign sign, bool hasCounter, bool hasTemperature)
    {
        Recording recording = RecordingDoor.Open(Repo.At($"{Folder}/{file}"));
        Assert.Equal((dialect, sign, Rows), (recording.Findings.Dialect, recording.Findings.CurrentSign, recording.RowCount));
        Assert.DoesNotContain(recording.Findings.Items, item => item.Severity == Severity.Problem);
        Assert.Equal(hasCounter, recording.ChargeAh is not null);
        double chargeAh = 0;
        for (int k = 0; k < Rows; k++)
        {
            double currentA = k is >= 8 and < 20 ? -1.5 : k is >= 28 and < 38 ? 0.75 : 0;
            chargeAh += k == 0 ? 0 : currentA * 10 / 3600;
            // The coarsest fixture writes hours, millivolts with two digits and ampere hours with eight.
            Assert.Equal(10 * k, recording.TimeS[k], 1e-9);
            Assert.Equal(currentA, recording.CurrentA[k], 1e-12);
            Assert.Equal(3.4 + 0.7 * (0.6 + chargeAh / 2) + 0.05 * currentA, recording.VoltageV[k], 6e-6);
            Assert.Equal(hasTemperature ? 25 + 0.01 * k : double.NaN, recording.TemperatureDegC[k], 1e-9);
            if (hasCounter)
                Assert.Equal(chargeAh, recording.ChargeAh![k], 2e-8);
        }
    }

    [Fact]
    public void EveryDialectHasAFixtureOrATrial()
    {
        string[] byTrial = ["bitrode-module", "k2", "samsung-30q", "bmw-i3", "ev-field", "nasa-pcoe", "dmegc", "lg-m50-rate", "lg-m50-pulse", "load-profile", "load", "aibms"];
        Assert.Equal(DialectCatalogue.All.Select(dialect => dialect.Name).Order(StringComparer.Ordinal),
            Fixtures().Select(row => row.Data.Item2).Concat(byTrial).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryDialectAndEveryFlagIsDocumented()
    {
        string reference = Repo.Read("docs/reference/dialects.md");
        Assert.All(DialectCatalogue.All, dialect => Assert.Contains($"| `{dialect.Name}` |", reference, StringComparison.Ordinal));
        Assert.All(ImportFlags(), flag => Assert.Contains($"`{flag}", reference, StringComparison.Ordinal));
    }

    static IEnumerable<string> ImportFlags() => AiBms.Cli.Verbs.All().Single(verb => verb.Name == "import").Options.Select(option => option.Name).Except(["--explain"]);

    [Fact]
    public void AFleetWithoutMovementAsksForItsSign()
    {
        string[] rows = [.. Enumerable.Range(0, 20).Select(k => $"2021-05-05 09:10:{k:00},P1,25,25,350,{50 - k},100,5,0,0,0,0,0,0,0,0,0,0")];
        string text = "time,SN,MxTmp,MinTmp,BtryPckV,SOC,SOH,BtryPckI,MXDischgCurr,MXChgCurr,AvailChgPWR,AvailDischgPWR,PmpDty,SysSts,DschrgSts,LqdLvl,Lon,Lat\n" + string.Join('\n', rows);
        Assert.Contains("--current-sign", TextFile.Refusal(text), StringComparison.Ordinal);
        Recording recording = TextFile.Open(text, new() { CurrentSign = CurrentSign.Discharge });
        Assert.Equal((-5, 0.5), (recording.CurrentA[0], recording.ReferenceSoc![0]));
    }
}
