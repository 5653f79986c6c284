using System.Diagnostics;
using Microsoft.Playwright;

namespace AiBms.Trials.Browser;

/// <summary>A page and what went wrong in it.</summary>
sealed class Visit : IAsyncDisposable
{
    readonly List<string> _errors = [];

    public Visit(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(60_000);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and refused loads so far.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Goes there and waits until the page follows the server.</summary>
    public async Task GoAsync(string address, string waitFor)
    {
        await Page.GotoAsync(address);
        try
        {
            await SeeAsync(waitFor);
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException($"{address} did not show {waitFor}; errors of the page: {string.Join("; ", _errors)}; its text: {await Page.Locator("body").InnerTextAsync()}", problem);
        }
    }

    /// <summary>Scrolls to where something belongs and waits until it is there: a chart that is out of sight is not drawn, and how far down it lies depends on the words above it.</summary>
    public async Task SeeAsync(string what)
    {
        // The page is laid twice, the second time over its line to the server: the place is looked for anew each time.
        var place = Page.Locator(what.Split(' ')[0]).First;
        long since = Stopwatch.GetTimestamp();
        while (!await Page.Locator(what).First.IsVisibleAsync())
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(60)) throw new TimeoutException($"{what} is not there after 60 s");
            if (await place.CountAsync() > 0) await place.EvaluateAsync("one => one.scrollIntoView({ block: 'nearest' })", options: new() { Timeout = 10_000 });
            await Page.WaitForTimeoutAsync(100);
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
