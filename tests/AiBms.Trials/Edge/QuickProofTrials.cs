namespace AiBms.Trials.Edge;

/// <summary>The proofs that end within seconds, for every change; all of them are <see cref="ProofTrials"/>.</summary>
public sealed class QuickProofTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-proof-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("charge", "non-finite", "")]
    [InlineData("net", "none", "soc_ridge_lg_hg2")]
    public void NoInputWhateverLeadsToAnError(string harness, string mode, string model)
    {
        Tools.Need("frama-c", "frama-c-base");
        var (alarms, open, text) = EvaRun.Of(Tools.Firmware, harness, mode, model, _folder);
        output.WriteLine($"{harness} {model} {mode}: {alarms} alarms, {open} assertions open");
        Assert.True(alarms == 0 && open == 0, text);
    }

    [Fact]
    public void WithoutAGuardTheProofFails()
    {
        Tools.Need("frama-c", "frama-c-base");
        string firmware = EvaRun.Without(_folder, "charge.c", "if (span > 1e-6F) {", "if (span >= 0.0F) {");
        var (alarms, open, text) = EvaRun.Of(firmware, "charge", "none", "", _folder);
        Assert.True(alarms + open > 0, text);
    }
}
