# Completion of awg(8) for bash. Live names come from the control sockets: completing starts no JVM.

# Interfaces that have a control socket.
_awg_interfaces() {
  local socket
  for socket in "${AWG_COMPLETION_SOCKETS:-/var/run/amneziawg}"/*.sock; do
    [[ -S $socket ]] || continue
    socket=${socket##*/}
    echo "${socket%.sock}"
  done
}

# Asks a control socket for all it has; only root is answered. Prints nothing where there is neither socat nor Perl.
_awg_get() {
  if command -v socat >/dev/null; then
    printf 'get=1\n\n' | socat -t 2 - "UNIX-CONNECT:$1"
  elif command -v perl >/dev/null; then
    perl -MIO::Socket::UNIX -e 'alarm 2; my $s = IO::Socket::UNIX->new($ARGV[0]) or exit; print $s "get=1\n\n"; $s->flush;
      while (<$s>) { last if $_ eq "\n"; print }' "$1"
  fi 2>/dev/null
}

# Public keys in base64. Each is 32 bytes; a 33rd, zero, makes it 44 characters of which the last is to be "=".
_awg_peers() {
  local escaped
  escaped=$(_awg_get "${AWG_COMPLETION_SOCKETS:-/var/run/amneziawg}/$1.sock" |
    sed -n 's/^public_key=//p' | sed 's/../\\x&/g; s/$/\\x00/' | tr -d '\n')
  # shellcheck disable=SC2059 # the escapes are the point
  [[ ! $escaped ]] || printf "$escaped" | base64 -w 44 | sed 's/.$/=/'
}

# What may stand behind "awg set IF" and the words $@.
_awg_set_words() {
  local parameters='jc jmin jmax s1 s2 s3 s4 h1 h2 h3 h4 i1 i2 i3 i4 i5 header-protection-key content-padding-addition
    rekey-after-time rekey-timeout reject-after-time keepalive-timeout max-handshake-attempts random-trailers
    disable-cookies'
  local options="listen-port fwmark private-key $parameters peer" interface=$1
  shift
  while (($#)); do
    if [[ $1 == peer ]]; then
      options='remove preshared-key endpoint persistent-keepalive allowed-ips advanced-security peer'
    elif [[ $1 == remove ]]; then
      shift
      continue
    fi
    if (($# == 1)); then
      case $1 in
        peer) _awg_peers "$interface" ;;
        *-key) echo :files ;;
        random-trailers | disable-cookies | advanced-security) echo 'on off' ;;
        fwmark) echo off ;;
        persistent-keepalive) echo off ;;
      esac
      return
    fi
    shift 2
  done
  echo "$options"
}

# The candidates behind the words $@; ":files" stands for files.
_awg_words() {
  local fields='public-key private-key listen-port fwmark peers preshared-keys endpoints allowed-ips latest-handshakes
    transfer persistent-keepalive dump jc jmin jmax s1 s2 s3 s4 h1 h2 h3 h4 i1 i2 i3 i4 i5 header-protection-key
    content-padding-addition rekey-after-time rekey-timeout reject-after-time keepalive-timeout max-handshake-attempts
    random-trailers disable-cookies'
  case $#:${1:-} in
    0:) echo 'show showconf set setconf addconf syncconf genkey genpsk pubkey check genconf help version
      --json --no-color --help --version -h -v -b' ;;
    1:show) _awg_interfaces && echo 'all interfaces --json --no-color --help' ;;
    2:show) [[ $2 == interfaces ]] || echo "$fields" ;;
    1:showconf | 1:set | 1:setconf | 1:addconf | 1:syncconf) _awg_interfaces ;;
    2:setconf | 2:addconf | 2:syncconf | 1:-b) echo :files ;;
    *:check)
      case ${!#}:${current:-} in
        --path-mtu:*) ;;
        *:-*) echo '--path-mtu --json --help' ;;
        *) echo :files ;;
      esac
      ;;
    *:set) _awg_set_words "${@:2}" ;;
    *:genconf)
      case ${!#} in
        --level) echo 'plain v1 v2 v3' ;;
        --out) echo :files ;;
        --endpoint | --set | --address | --allowed-ips | --dns | --path-mtu | --name) ;;
        *) echo '--level --endpoint --set --address --allowed-ips --dns --path-mtu --out --name --json --help' ;;
      esac
      ;;
  esac
}

_awg() {
  local line=${COMP_LINE:0:COMP_POINT} current='' words=() word candidates
  # Not COMP_WORDS: bash cuts words at "=", and keys end in it.
  read -ra words <<<"$line"
  if [[ $line != *[[:blank:]] ]]; then
    current=${words[-1]}
    unset 'words[-1]'
  fi
  for word in "${!words[@]}"; do
    [[ ${words[word]} != --json && ${words[word]} != --no-color ]] || unset 'words[word]'
  done
  words=("${words[@]:1}")
  candidates=$(_awg_words "${words[@]}")
  if [[ $candidates == :files ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$current")
  fi
}
complete -F _awg awg
