"""``csready completion``: the script that makes a shell complete csready's commands."""

from enum import Enum
from typing import Annotated

import typer

from checker.cli.completing import ASKED_BY


class Shell(Enum):
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


# In typer's protocol. Its own installation binds Tab anew for every program and lifts PowerShell's execution policy.
_SCRIPTS = {
    Shell.BASH: """\
_csready_completion() {
    local IFS=$'\\n'
    COMPREPLY=( $(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD ASKED_BY=complete_bash "$1") )
}
complete -o default -F _csready_completion csready""",
    Shell.ZSH: """\
#compdef csready
_csready_completion() {
    eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" ASKED_BY=complete_zsh csready)
}
compdef _csready_completion csready""",
    Shell.FISH: """\
function __csready_complete
    env ASKED_BY=complete_fish _TYPER_COMPLETE_FISH_ACTION=$argv _TYPER_COMPLETE_ARGS=(commandline -cp) csready
end
complete -c csready -a "(__csready_complete get-args)" -n "__csready_complete is-args" --no-files""",
    Shell.POWERSHELL: """\
Register-ArgumentCompleter -Native -CommandName csready -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $Env:ASKED_BY = "complete_powershell"
    $Env:_TYPER_COMPLETE_ARGS = $commandAst.ToString()
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = $wordToComplete
    try {
        csready | ForEach-Object {
            $value, $help = $_ -split ":::", 2
            if ($value) {
                [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", "$help ")
            }
        }
    } finally {
        Remove-Item Env:ASKED_BY, Env:_TYPER_COMPLETE_ARGS, Env:_TYPER_COMPLETE_WORD_TO_COMPLETE
    }
}""",
}


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell (pwsh too).")],
) -> None:
    """Print a script that lets a shell complete csready on Tab.

    \b
    csready completion bash >> ~/.bashrc
    csready completion zsh >> ~/.zshrc
    csready completion fish > ~/.config/fish/completions/csready.fish
    csready completion powershell >> $PROFILE

    It completes commands, options, checks, faults, formats and the lab's scenarios. Nothing is installed by it.
    """
    print(_SCRIPTS[shell].replace("ASKED_BY", ASKED_BY))
