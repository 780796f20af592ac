#compdef penstock
# Completes penstock's command lines in zsh. Load it with: source <(penstock completion zsh)
_penstock() {
    local line="${BUFFER[1,CURSOR]}"
    line="${line#* }"
    local -a candidates
    candidates=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    compadd -a candidates || _files
}
compdef _penstock penstock
