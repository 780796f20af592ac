# Completes penstock's command lines in fish. Put it in ~/.config/fish/completions/penstock.fish
function __penstock_candidates
    set -l line (commandline -cp | string replace -r '^\s*\S+\s+' '')
    penstock "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c penstock -a '(__penstock_candidates)'
