# Completion of awgd(8) for bash. An interface's name is new: there is nothing to offer for it.

_awgd() {
  local current=${COMP_WORDS[COMP_CWORD]}
  if [[ ${COMP_WORDS[COMP_CWORD - 1]} == --run-dir ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -d -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W '-f --foreground --run-dir --service --version --help -h' -- "$current")
  fi
}
complete -F _awgd awgd
