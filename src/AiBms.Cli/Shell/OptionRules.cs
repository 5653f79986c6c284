using System.CommandLine;

namespace AiBms.Cli.Shell;

/// <summary>Ranges of options, told in one sentence.</summary>
static class OptionRules
{
    /// <summary>Refuses a value outside its range as wrong use.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isFine">The range.</param>
    /// <param name="sentence">What the option takes.</param>
    public static void Takes<T>(this Option<T> option, Func<T, bool> isFine, string sentence) => option.Validators.Add(result =>
    {
        T? value;
        try
        {
            value = result.GetValueOrDefault<T>();
        }
        catch (InvalidOperationException)
        {
            return; // not a value of this type at all: the parser says so itself
        }

        if (value is not null && !isFine(value)) result.AddError(sentence);
    });
}
