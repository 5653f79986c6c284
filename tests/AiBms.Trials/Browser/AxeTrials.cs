using System.Diagnostics;
using System.Text.Json;

namespace AiBms.Trials.Browser;

/// <summary>Accessibility by axe-core (WCAG 2.1 A and AA), fetched by npm for the trial: its licence keeps it out of the packages.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AxeTrials(Chromium chromium, DemoServer demo, ITestOutputHelper output)
{
    const string Version = "4.10.3";

    [Fact]
    public async Task NothingSeriousIsFound()
    {
        string? script = await FindAsync();
        Assert.SkipWhen(script is null, "skipped: npm cannot fetch axe-core");
        List<string> serious = [];
        foreach (string path in (string[])["/", "/packs/vehicle-01", "/packs/vehicle-05", "/events", "/rules", "/models"])
            foreach (bool isDark in (bool[])[false, true])
            {
                await using var visit = await chromium.OpenAsync(isDark: isDark);
                await visit.GoAsync(demo.Address + path, "h1");
                await visit.Page.WaitForTimeoutAsync(4000);
                // The policy of the page lets no other script in; the trial's comes through the driver.
                await visit.Page.EvaluateAsync(await File.ReadAllTextAsync(script, TestContext.Current.CancellationToken));
                var found = await visit.Page.EvaluateAsync<JsonElement>("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(r => r.violations.map(v => ({ id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')) })))");
                foreach (var violation in found.EnumerateArray())
                {
                    string text = $"{path} {(isDark ? "dark" : "light")}: {violation.GetProperty("impact").GetString()} {violation.GetProperty("id").GetString()}: {violation.GetProperty("help").GetString()} {violation.GetProperty("nodes")}";
                    output.WriteLine(text);
                    if (violation.GetProperty("impact").GetString() is "serious" or "critical") serious.Add(text);
                }
            }

        Assert.True(serious.Count == 0, string.Join('\n', serious));
    }

    static async Task<string?> FindAsync()
    {
        string folder = Path.Combine(Path.GetTempPath(), "aibms-axe-" + Version), script = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (File.Exists(script)) return script;
        Directory.CreateDirectory(folder);
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@" + Version]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        return File.Exists(script) ? script : null;
    }
}
