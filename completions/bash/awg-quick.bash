# Completion of awg-quick(8) for bash: up takes what has a file and is not up, down and save what is up.

_awg_quick_up() {
  local socket
  for socket in "${AWG_COMPLETION_SOCKETS:-/var/run/amneziawg}"/*.sock; do
    [[ -S $socket ]] || continue
    socket=${socket##*/}
    echo "${socket%.sock}"
  done
}

_awg_quick_configured() {
  local file folders=${AWG_COMPLETION_CONFIGS:-/etc/amnezia/amneziawg /etc/amneziawg /etc/wireguard}
  # shellcheck disable=SC2086 # folders are words
  find $folders -maxdepth 1 -name '*.conf' 2>/dev/null | while read -r file; do
    file=${file##*/}
    echo "${file%.conf}"
  done
}

_awg_quick() {
  local current=${COMP_WORDS[COMP_CWORD]} names=''
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W 'up down save strip help --help --version -h' -- "$current")
  elif ((COMP_CWORD == 2)); then
    case ${COMP_WORDS[1]} in
      up) names=$(_awg_quick_configured | sort -u | grep -vxF -e "$(_awg_quick_up)") ;;
      down | save) names=$(_awg_quick_up) ;;
      strip) names=$(_awg_quick_configured) ;;
      *) return ;;
    esac
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(
      compgen -W "$names" -- "$current"
      compgen -f -X '!*.conf' -- "$current"
      compgen -d -- "$current"
    )
  fi
}
complete -F _awg_quick awg-quick
