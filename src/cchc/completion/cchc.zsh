#compdef cchc
# cchc: completion for zsh. In ~/.zshrc, after compinit: eval "$(cchc completion zsh)"
# or as the file _cchc in a folder of $fpath.
_cchc() {
    local line
    local -a typed answered described
    typed=("${(@Q)words[2,CURRENT]}")
    answered=("${(@f)$(${~${(Q)words[1]}} _complete zsh "${(@)typed/#/:}" 2>/dev/null)}")
    for line in "${answered[@]}"; do
        case "$line" in
            '') ;;
            :files) compset -P '--*='; _files; return ;;
            :folders) compset -P '--*='; _files -/; return ;;
            *$'\t'*) described+=("${line%%$'\t'*}:${line#*$'\t'}") ;;
            *) described+=("$line") ;;
        esac
    done
    (( ${#described} )) && _describe -V cchc described
}
if [ "${funcstack[1]}" = _cchc ]; then
    _cchc "$@"
else
    compdef _cchc cchc
fi
