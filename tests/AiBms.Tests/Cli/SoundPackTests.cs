namespace AiBms.Tests.Cli;

/// <summary>Sound packs whose cells are not as their file says: nothing is found in them, whatever the OCV, a first load or a pump that starts make them look like.</summary>
public class SoundPackTests
{
    [Theory]
    [InlineData("stationary_16s1p_lfp", "charge", "0.7", "9002")]
    [InlineData("stationary_16s1p_lfp", "charge", "0.7", "9009")]
    [InlineData("stationary_16s1p_lfp", "drive", "0.95", "9010")]
    [InlineData("ev_96s2p_immersion", "drive", "0.95", "9001")]
    public void NothingIsFound(string pack, string load, string start, string seed)
    {
        string file = Path.Combine(Path.GetTempPath(), $"aibms-sound-{pack}-{load}-{seed}.csv");
        try
        {
            var (code, said, _) = CliRun.Of("simulate", "--pack", pack, "--load", load, "--start", start, "--mismatched", "--interval", "60", "--seed", seed, "--out", file);
            Assert.Equal(0, code);
            Assert.Contains("found by the estimates: nothing", said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
