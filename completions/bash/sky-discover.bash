# Completion of sky-discover(8) for bash.

_sky_discover() {
  local current=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=()
  case ${COMP_WORDS[COMP_CWORD - 1]} in
    --boot-file | --records)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    --state | --run-dir)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      ;;
    --boot | --listen) ;;
    *)
      mapfile -t COMPREPLY < <(compgen -W '--listen --boot --boot-file --records --state --run-dir --print-enr --json
        --version --help -h' -- "$current")
      ;;
  esac
}
complete -F _sky_discover sky-discover
