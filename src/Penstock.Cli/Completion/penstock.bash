# Completes penstock's command lines in bash. Load it with: source <(penstock completion bash)
_penstock() {
    local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" candidates
    # What follows the program's name, up to the cursor: penstock itself says what can come next.
    line="${line#"${line%%[![:space:]]*}"}"
    [[ "$line" == *[[:space:]]* ]] || return
    line="${line#*[[:space:]]}"
    candidates="$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" || return
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$candidates" -- "$word"))
    [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$word"))
}
complete -F _penstock penstock ./penstock
