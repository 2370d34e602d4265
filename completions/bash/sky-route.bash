# Completion of sky-route(8) for bash. Tunnels come from mesh.conf where it can be read: completing starts no JVM.

_sky_route_tunnels() {
  awk -F' *= *' '/^\[/ { inside = tolower($0) ~ /^\[tunnel\]/ } inside && tolower($1) == "name" { print $2 }' "${AWGD_CONFIG_DIR:-/etc/skyawg}/mesh.conf" 2>/dev/null
}

# The candidates behind the words $@; ":files" stands for files.
_sky_route_words() {
  local offer='--offer --address --listen-port --capacity --family --clients --exit-allow --dial --secret-file --record'
  local settings='--exit --hops --active --warm --mode --scheduler --exits --first-hops --avoid --diverse --prefix-length
    --lifetime'
  case ${!#} in
    --secret-file | --record | --out | --socket) echo :files; return ;;
    --offer) echo 'transit internet transit,internet'; return ;;
    --dial) echo 'global private any'; return ;;
    --exit) echo 'internet ygg i2p local:'; return ;;
    --mode) echo 'onion fast'; return ;;
    --scheduler) echo 'ecf weighted flow duplicate'; return ;;
    --diverse) echo 'on off'; return ;;
    --in) [[ $2 == route ]] || ls /sys/class/net 2>/dev/null; return ;;
    --from) ls /sys/class/net 2>/dev/null; return ;;
    --*) [[ ${!#} == --json || ${!#} == --help || ${!#} == --pop ]] || return ;;
  esac
  case $# in
    1) echo 'mesh record tunnel ftn visor tp rg lfib route ping bench top config help version --help --version --json --socket'; return ;;
    2)
      case $2 in
        mesh) echo 'join reload leave show' ;;
        record) echo 'show import export' ;;
        tunnel) echo 'ls add set rm' ;;
        ftn) echo 'ls add rm' ;;
        visor) echo 'info pk state' ;;
        tp) echo 'ls add rm disc' ;;
        rg) echo ls ;;
        top) echo '--interval --count --json --help' ;;
        lfib) echo '--json --help' ;;
        route) echo 'ls add rm test find explain trace' ;;
        bench) _sky_route_tunnels; echo '--times --secs --json --help' ;;
        ping) _sky_route_tunnels; echo '--path --count --interval --json --help' ;;
        config) echo gen ;;
      esac
      return
      ;;
  esac
  case $2-$3 in
    mesh-join) echo "$offer --json --help" ;;
    config-gen) echo "$offer --out --json --help" ;;
    record-import) echo :files ;;
    tunnel-set) if (($# == 3)); then _sky_route_tunnels; else echo "$settings --json --help"; fi ;;
    tunnel-rm) if (($# == 3)); then _sky_route_tunnels; else echo '--json --help'; fi ;;
    route-explain) if (($# == 3)); then _sky_route_tunnels; else echo '--from --dscp --json --help'; fi ;;
    ftn-add)
      case $# in
        3) echo default ;;
        4) _sky_route_tunnels; echo '--in --client --dscp --json --help' ;;
        *) echo '--in --client --dscp --json --help' ;;
      esac
      ;;
    ftn-rm) if (($# == 3)); then echo default; else echo '--in --client --dscp --json --help'; fi ;;
    tunnel-add) echo "$settings --json --help" ;;
    route-trace)
      (($# > 3)) || _sky_route_tunnels
      echo '--path --count --json --help'
      ;;
    route-add) echo '--in --label --swap --out --pop --json --help' ;;
    route-rm) echo '--in --label --json --help' ;;
    route-test) echo '--out --label --count --json --help' ;;
    bench-*) echo '--times --secs --json --help' ;;
    top-*) echo '--interval --count --json --help' ;;
    tp-rm) echo '--id --all --json --help' ;;
    tp-disc) echo '--id --pk --json --help' ;;
    ping-*) echo '--path --count --interval --json --help' ;;
    route-find) echo '--exit --hops --first-hops --avoid --diverse --count --json --help' ;;
    *) echo '--json --help' ;;
  esac
}

_sky_route() {
  local line=${COMP_LINE:0:COMP_POINT} current='' words=() candidates
  # Not COMP_WORDS: bash cuts words at "=", and keys end in it.
  read -ra words <<<"$line"
  if [[ $line != *[[:blank:]] ]]; then
    current=${words[-1]}
    unset 'words[-1]'
  fi
  candidates=$(_sky_route_words "${words[@]}")
  if [[ $candidates == :files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$current")
  fi
}
complete -F _sky_route sky-route
