# cchc: completion for fish. cchc completion fish > ~/.config/fish/completions/cchc.fish
function __cchc_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l program $typed[1]
    set -e typed[1]
    for line in ($program _complete fish ":"$typed ":$current" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current")
            case :folders
                __fish_complete_directories (string replace -r -- '^--[^=]*=' '' "$current")
            case '*'
                echo $line
        end
    end
end
complete -c cchc -e
complete -c cchc -f -k -a '(__cchc_complete)'
