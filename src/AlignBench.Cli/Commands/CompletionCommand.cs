using System.CommandLine;

namespace AlignBench.Cli.Commands;

/// <summary>
/// <c>alignbench completion bash|zsh|fish</c>: the scripts ask the program itself, through System.CommandLine's
/// <c>[suggest]</c> directive, so that they know every command, option and word of the version that is there.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> s_scripts = new()
    {
        ["bash"] = """
            # bash completion for alignbench; add to ~/.bashrc:  source <(alignbench completion bash)
            _alignbench() {
                local words="${COMP_WORDS[*]:1:COMP_CWORD}"
                local word="${COMP_WORDS[COMP_CWORD]}"
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#words}]" "$words" 2>/dev/null)" -- "$word"))
                [[ ${#COMPREPLY[@]} -gt 0 || $word == -* ]] || COMPREPLY=($(compgen -f -- "$word"))
            }
            complete -o filenames -F _alignbench alignbench
            """,
        ["zsh"] = """
            #compdef alignbench
            # zsh completion for alignbench; add to ~/.zshrc, behind compinit:  source <(alignbench completion zsh)
            _alignbench() {
                local line="${words[2,CURRENT]}"
                local -a found
                found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
                compadd -a -- found
                _files
            }
            compdef _alignbench alignbench
            """,
        ["fish"] = """
            # fish completion for alignbench; put into ~/.config/fish/completions/alignbench.fish
            function __alignbench_complete
                set -l words (commandline -opc) (commandline -ct)
                set -l line (string join ' ' -- $words[2..-1])
                $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c alignbench -a '(__alignbench_complete)'
            """,
    };

    public static Command Create()
    {
        Argument<string> shell = new Argument<string>("shell")
        {
            HelpName = "shell",
            Description = $"One of {string.Join(", ", s_scripts.Keys)}.",
        }.AcceptOnlyFromAmong([.. s_scripts.Keys]);

        WorkCommand command = new(
            "completion",
            "Print a script that completes commands and options in a shell.",
            [
                ("source <(alignbench completion bash)", "In bash, for this session; in ~/.bashrc, for all."),
                ("alignbench completion fish > ~/.config/fish/completions/alignbench.fish", "In fish."),
            ],
            kept: "nothing was changed")
        {
            shell,
        };
        command.SetAction(async (parsed, _) =>
        {
            await parsed.InvocationConfiguration.Output.WriteLineAsync(s_scripts[parsed.GetRequiredValue(shell)]);
            return App.Done;
        });
        return command;
    }
}
