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
            await Page.Locator(waitFor).First.WaitForAsync();
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException($"{address} did not show {waitFor}; errors of the page: {string.Join("; ", _errors)}; its text: {await Page.Locator("body").InnerTextAsync()}", problem);
        }
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
