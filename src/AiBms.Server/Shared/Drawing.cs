using Microsoft.JSInterop;

namespace AiBms.Server.Shared;

/// <summary>What a page asks its scripts to draw. A script that did not load, or fails, is told of and ends nothing: words and figures go on without it.</summary>
public sealed class Drawing(IJSRuntime js)
{
    /// <summary>Raised when <see cref="Problem"/> is there.</summary>
    public event EventHandler? Failed;

    /// <summary>What went wrong first, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Calls a function of the page.</summary>
    public async Task CallAsync(string function, params object?[] arguments)
    {
        try
        {
            await js.InvokeVoidAsync(function, arguments);
        }
        catch (JSException problem)
        {
            Tell(problem);
        }
    }

    /// <summary>The same for a function with an answer; <paramref name="otherwise"/> where there is none.</summary>
    public async Task<T> AskAsync<T>(string function, T otherwise)
    {
        try
        {
            return await js.InvokeAsync<T>(function);
        }
        catch (JSException problem)
        {
            Tell(problem);
            return otherwise;
        }
    }

    void Tell(JSException problem)
    {
        if (Problem is not null) return;
        Problem = problem.Message.Split('\n')[0].Trim().TrimEnd('.');
        Failed?.Invoke(this, EventArgs.Empty);
    }
}
