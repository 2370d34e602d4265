#!/usr/bin/env bats
# Completion by bash and zsh, without a terminal. Interfaces come from a folder of sockets, peers from a stand-in daemon.

setup() {
  ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  export AWG_COMPLETION_SOCKETS=$BATS_TEST_TMPDIR/sockets AWG_COMPLETION_CONFIGS=$BATS_TEST_TMPDIR/configs
  mkdir "$AWG_COMPLETION_SOCKETS" "$AWG_COMPLETION_CONFIGS"
  touch "$AWG_COMPLETION_CONFIGS/office.conf" "$AWG_COMPLETION_CONFIGS/home.conf"
  serve home
}

teardown() { kill "$SERVER"; }

# Answers get=1 with two peers of which one key is all zero and one counts up.
serve() {
  perl -MIO::Socket::UNIX -e '
    my $server = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 5) or die;
    my $counting = join "", map { sprintf "%02x", $_ } 1 .. 32;
    while (my $client = $server->accept) {
      my $request = <$client>;
      next unless defined $request && $request eq "get=1\n";
      my $end = <$client>;
      print $client "listen_port=1\npublic_key=", "00" x 32, "\npublic_key=$counting\nrx_bytes=5\nerrno=0\n\n" if $end eq "\n";
    }' "$AWG_COMPLETION_SOCKETS/$1.sock" >/dev/null 3>&- &
  SERVER=$!
  for _ in {1..100}; do [[ ! -S $AWG_COMPLETION_SOCKETS/$1.sock ]] || return 0; sleep 0.05; done
  return 1
}

ZERO_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
COUNTING_KEY=$(printf "$(printf '\\x%02x' {1..32})" | base64)

# complete_in SHELL LINE: prints the candidates, one a line.
complete_in() {
  if [[ $1 == bash ]]; then
    bash -c '
      tool=${1%% *}
      . "$2/completions/bash/$tool.bash"
      COMP_LINE=$1 COMP_POINT=${#1}
      read -ra COMP_WORDS <<<"$1"
      [[ $1 != *" " ]] || COMP_WORDS+=("")
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      "_${tool//-/_}"
      printf "%s\n" "${COMPREPLY[@]}"' bash "$2" "$ROOT"
  else
    # The two builtins that only work under a widget, as functions that print.
    zsh -f -c '
      current=${1##* }
      compadd() {
        local candidates
        if [[ $1 == -a ]]; then candidates=(${(P)2}); else [[ $1 != -- ]] || shift; candidates=($@); fi
        print -rl -- ${(M)candidates:#$current*}
      }
      _files() { print -rl -- $current*(N) }
      words=(${=1}) service=${words[1]}
      [[ $1 != *" " ]] || words+=("")
      CURRENT=${#words}
      if [[ $service == sky-route ]]; then . $2/completions/zsh/_sky-route; else . $2/completions/zsh/_awg; fi' zsh "$2" "$ROOT"
  fi
}

# has LINE WORD...: both shells offer every word. hasnt: neither offers any.
has() {
  local shell word line=$1 offered
  for shell in bash zsh; do
    offered=$(complete_in "$shell" "$line")
    for word in "${@:2}"; do
      grep -qxF -e "$word" <<<"$offered" || { echo "$shell: '$line' lacks $word: $offered"; return 1; }
    done
  done
}
hasnt() {
  local shell word line=$1 offered
  for shell in bash zsh; do
    offered=$(complete_in "$shell" "$line")
    for word in "${@:2}"; do
      ! grep -qxF -e "$word" <<<"$offered" || { echo "$shell: '$line' offers $word"; return 1; }
    done
  done
}

words_of() { grep -oE -e '[a-z0-9]+(-[a-z0-9]+)*'; }

@test "subcommands: every one that awg help names" {
  mapfile -t names < <("$ROOT/bin/awg" help | sed -n 's/^  \([a-z]*\): .*/\1/p')
  ((${#names[@]} >= 11))
  has "awg " "${names[@]}" --json --no-color -b
  has "awg showc" showconf
  hasnt "awg showc" show
}

@test "fields of show: every one that its usage names" {
  mapfile -t names < <("$ROOT/bin/awg" show --help 2>&1 | sed 's/.*\[//; s/\]//' | words_of)
  ((${#names[@]} >= 37))
  has "awg show home " "${names[@]}"
  has "awg --json show home l" listen-port latest-handshakes
  hasnt "awg show interfaces " dump
}

@test "options of set: every one that its usage names, each in its place" {
  usage=$("$ROOT/bin/awg" set 2>&1) || true
  mapfile -t device < <(sed 's/ \[peer .*//' <<<"$usage" | grep -oE '\[[a-z0-9-]+' | tr -d '[')
  mapfile -t peer < <(sed 's/.* \[peer //' <<<"$usage" | grep -oE '\[[a-z][a-z0-9-]+( |\])' | tr -d '[] ')
  ((${#device[@]} >= 28 && ${#peer[@]} == 6))
  has "awg set home " "${device[@]}" peer
  has "awg set home jc 4 peer $COUNTING_KEY " "${peer[@]}" peer
  hasnt "awg set home jc 4 peer $COUNTING_KEY " jc
  has "awg set home random-trailers " on off
  has "awg set home peer $COUNTING_KEY remove peer $ZERO_KEY allowed-ips 10.0.0.0/8 e" endpoint
}

@test "interfaces: those with a socket" {
  touch "$AWG_COMPLETION_SOCKETS/stale.sock"
  has "awg show " home all interfaces
  has "awg setconf h" home
  hasnt "awg set " office
  rm "$AWG_COMPLETION_SOCKETS/stale.sock"
}

@test "peers: the public keys that the daemon names" {
  has "awg set home peer " "$ZERO_KEY" "$COUNTING_KEY"
  has "awg set home peer $ZERO_KEY remove peer ${COUNTING_KEY:0:5}" "$COUNTING_KEY"
  hasnt "awg set home peer ${COUNTING_KEY:0:5}" "$ZERO_KEY"
}

@test "files: for keys and configurations" {
  cd "$AWG_COMPLETION_CONFIGS"
  has "awg setconf home off" office.conf
  has "awg set home private-key hom" home.conf
}

@test "genconf: its options" {
  has "awg genconf " --level --endpoint --set --out
  has "awg genconf --level " plain v1 v2 v3
}

@test "check: files, and its options" {
  touch "$BATS_TEST_TMPDIR/home.conf"
  cd "$BATS_TEST_TMPDIR"
  has "awg check hom" home.conf
  has "awg check -" --json --path-mtu
  has "awg check --path-mtu 1400 hom" home.conf
  hasnt "awg check --path-mtu " home.conf
}

@test "awg-quick: verbs; up takes what is down, down what is up" {
  has "awg-quick " up down save strip help --version
  has "awg-quick up " office
  hasnt "awg-quick up " home
  has "awg-quick down " home
  hasnt "awg-quick down " office
  has "awg-quick strip " home office
}

@test "awgd: every option that its usage names" {
  mapfile -t names < <("$ROOT/bin/awgd" --help | grep -oE -e '(^|[ |[])--?[a-z][a-z-]*' | tr -d ' |[')
  ((${#names[@]} >= 6))
  has "awgd -" "${names[@]}"
}

@test "sky-route: every subcommand that its help names, and every option" {
  mapfile -t commands < <("$ROOT/bin/sky-route" --help | sed -nE 's/^  ([a-z]+( [a-z]+)?)  .*/\1/p')
  ((${#commands[@]} >= 20))
  for command in "${commands[@]}"; do
    [[ $command != *' '* ]] || has "sky-route ${command% *} " "${command#* }"
    has "sky-route " "${command% *}"
    # shellcheck disable=SC2086 # two words
    mapfile -t options < <("$ROOT/bin/sky-route" $command --help | sed -nE 's/^  (--[a-z-]+) .*/\1/p')
    argument='x '
    [[ $command == *' '* ]] || argument=''
    ((${#options[@]} == 0)) || has "sky-route $command $argument" "${options[@]}"
  done
}

@test "sky-route: tunnels of mesh.conf, and values" {
  export AWGD_CONFIG_DIR=$BATS_TEST_TMPDIR
  printf '[Mesh]\nName = lab\n[Tunnel]\nName = web\nHops = 3\n\n[Tunnel]\nName = other\n' >"$BATS_TEST_TMPDIR/mesh.conf"
  has "sky-route tunnel rm " web other
  hasnt "sky-route tunnel rm " lab
  has "sky-route route explain w" web
  has "sky-route tunnel add web --scheduler " ecf flow
  cd "$BATS_TEST_TMPDIR"
  has "sky-route record import mesh" mesh.conf
}

@test "sky-discover: every option that its usage names, and files where they belong" {
  mapfile -t names < <("$ROOT/bin/sky-discover" --help | grep -oE -e '(^|[ |[])--?[a-z][a-z-]*' | tr -d ' |[')
  ((${#names[@]} >= 10))
  has "sky-discover -" "${names[@]}" -h
  cd "$AWG_COMPLETION_CONFIGS"
  has "sky-discover --boot-file off" office.conf
  hasnt "sky-discover --listen " --boot office.conf
}
