# cchc: completion for bash. In ~/.bashrc: eval "$(cchc completion bash)"
_cchc() {
    local program="${1/#\~/$HOME}" line
    local -a words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=()
    while IFS= read -r line; do
        line="${line%$'\r'}"
        case "$line" in
            :files) compopt -o default 2>/dev/null ;;
            :folders) compopt -o dirnames 2>/dev/null ;;
            *) COMPREPLY+=("${line%%$'\t'*}") ;;
        esac
    done < <("$program" _complete bash "${words[@]/#/:}" 2>/dev/null)
}
complete -o nosort -F _cchc cchc 2>/dev/null || complete -F _cchc cchc
