using AiBms.Trials.House;
using Microsoft.Playwright;

namespace AiBms.Trials.Browser;

/// <summary>The machine's own browser, driven from outside. Without one the trials are skipped.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    IPlaywright? _driver;
    IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Array.Find(s_places, File.Exists) is not { } program) return;
        _driver = await Playwright.CreateAsync();
        _browser = await _driver.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }

    /// <summary>A page of its own session, that keeps what went wrong in it.</summary>
    internal async Task<Visit> OpenAsync(int width = 1400, int height = 900, bool isDark = false)
    {
        Assert.SkipWhen(_browser is null, "skipped: no chromium");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        return new(await context.NewPageAsync());
    }

    /// <summary>Keeps a picture for the documentation, where it is asked for.</summary>
    internal static async Task PictureAsync(IPage page, string name, bool isWhole = false)
    {
        if (Environment.GetEnvironmentVariable("AIBMS_REWRITE") != "1") return;
        if (isWhole)
        {
            // What is out of sight is not drawn: a window as high as the page.
            await page.SetViewportSizeAsync(page.ViewportSize!.Width, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
            await page.WaitForTimeoutAsync(2500);
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(Clone.Root, "docs", "images", name + ".png"), FullPage = isWhole });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _driver?.Dispose();
    }
}
