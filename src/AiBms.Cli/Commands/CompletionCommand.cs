using System.CommandLine;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary><c>aibms completion SHELL</c>: a script that lets the shell complete verbs and options.</summary>
static class CompletionCommand
{
    // Each script hands the line and the cursor to the "[suggest]" directive of the parser, so it never goes out of date.
    static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _aibms() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _aibms aibms ./aibms
            """,
        ["zsh"] = """
            #compdef aibms
            _aibms() {
                local -a found
                found=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                [[ -n "${found[*]}" ]] && compadd -a found || _files
            }
            compdef _aibms aibms ./aibms
            """,
        ["fish"] = """
            function __aibms
                set -l line (commandline -cp)
                set -l words (commandline -opc)
                $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c aibms -a '(__aibms)'
            """,
    };

    public static Verb Create()
    {
        var shell = new Argument<string>("shell") { Description = "Which shell: bash, zsh or fish.", HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        return new Verb("completion", "Print a completion script for a shell.", "completion bash > ~/.local/share/bash-completion/completions/aibms", "completion fish | source")
        {
            shell,
        }.Does((parsed, talk) =>
        {
            talk.Data.WriteLine(Scripts[parsed.GetRequiredValue(shell)]);
            return ExitCode.Ok;
        });
    }
}
