#!/usr/bin/env bats
# The manual pages: each has its sections, and every option word of a tool's usage text.

setup() {
  ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  PAGES=$ROOT/man/target/pages
  [[ -d $PAGES ]] || skip "the pages are not built: mvn -pl man package"
}

text_of() { LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man -E UTF-8 -l "$PAGES/$1" 2>/dev/null; }

# names PAGE WORD...: the page names every word as one.
names() {
  local word text
  text=$(text_of "$1")
  for word in "${@:2}"; do
    grep -qE -e "(^|[^a-z0-9-])$word($|[^a-z0-9-])" <<<"$text" || { echo "$1 lacks $word"; return 1; }
  done
}

@test "every page is there" {
  for page in awg.8 awg-quick.8 awgd.8 sky-route.8 sky-discover.8 awg.conf.5 mesh.conf.5 awgd-control.5; do [[ -s $PAGES/$page ]]; done
}

@test "every page has its sections" {
  for page in "$PAGES"/*.[1-8]; do
    text=$(text_of "${page##*/}")
    for section in NAME SYNOPSIS 'OPTIONS.*' 'EXIT STATUS' ENVIRONMENT FILES EXAMPLES 'SEE ALSO'; do
      grep -qxE "$section" <<<"$text" || { echo "${page##*/} lacks $section"; return 1; }
    done
  done
}

@test "awg(8) names every subcommand, field and option" {
  mapfile -t words < <("$ROOT/bin/awg" help | sed -n 's/^  \([a-z]*\): .*/\1/p'
    "$ROOT/bin/awg" show --help 2>&1 | sed 's/.*\[//' | grep -oE -e '[a-z0-9]+(-[a-z0-9]+)*'
    "$ROOT/bin/awg" set 2>&1 | grep -oE -e '\[[a-z0-9-]+' | tr -d '[')
  ((${#words[@]} >= 80))
  names awg.8 "${words[@]}" --json --no-color
}

@test "awg-quick(8) and awg.conf(5) name every verb and key" {
  mapfile -t verbs < <("$ROOT/bin/awg-quick" help 2>&1 | sed -nE 's/^  (up|down|save|strip) .*/\1/p')
  mapfile -t keys < <("$ROOT/bin/awg-quick" help 2>&1 | sed -nE 's/^  ([A-Z][A-Za-z, ]*)(  .*|$)/\1/p' | tr ',' '\n' | tr -d ' ' |
    grep -vx CONFIG_FILE)
  ((${#verbs[@]} == 4 && ${#keys[@]} >= 9))
  names awg-quick.8 "${verbs[@]}" "${keys[@]}"
  names awg.conf.5 "${keys[@]}"
}

@test "awg.conf(5) names every key that setconf reads" {
  source="$ROOT/lib/protocol/src/main/java/skyawg/protocol/obfuscation/Parameter.java"
  mapfile -t keys < <(sed -nE 's/^    [A-Z0-9_]+\("([A-Za-z0-9]+)", Kind.*/\1/p' "$source")
  ((${#keys[@]} >= 25))
  names awg.conf.5 "${keys[@]}" PrivateKey ListenPort FwMark PublicKey PresharedKey AllowedIPs Endpoint PersistentKeepalive
}

@test "awgd(8) names every option" {
  mapfile -t words < <("$ROOT/bin/awgd" --help | grep -oE -e '(^|[ |[])--?[a-z][a-z-]*' | tr -d ' |[')
  ((${#words[@]} >= 6))
  names awgd.8 "${words[@]}"
}

@test "sky-route(8) names every subcommand and option" {
  mapfile -t commands < <("$ROOT/bin/sky-route" --help | sed -nE 's/^  ([a-z]+( [a-z]+)?)  .*/\1/p')
  ((${#commands[@]} >= 20))
  mapfile -t words < <(for command in "${commands[@]}"; do
    # shellcheck disable=SC2086 # two words
    "$ROOT/bin/sky-route" $command --help | sed -nE 's/^  (--[a-z-]+) .*/\1/p'
  done | sort -u)
  ((${#words[@]} >= 18))
  names sky-route.8 "${commands[@]##* }" "${words[@]}" --json --socket
}

@test "mesh.conf(5) names every key" {
  source=$ROOT/lib/control/src/main/java/skyawg/control/mesh
  mapfile -t keys < <(sed -nE '/MESH_KEYS =/,/;/p' "$source/MeshConfigReader.java" | grep -oE '[A-Z][A-Za-z]+' | grep -vE '^(MESH|KEYS|String)'
    sed -nE '/List<String> KEYS/,/;/p' "$source/TunnelSettings.java" | grep -oE '"[A-Za-z]+"' | tr -d '"')
  ((${#keys[@]} >= 25))
  names mesh.conf.5 "${keys[@]}"
}

@test "sky-discover(8) names every option" {
  mapfile -t words < <("$ROOT/bin/sky-discover" --help | grep -oE -e '(^|[ |[])--?[a-z][a-z-]*' | tr -d ' |[')
  ((${#words[@]} >= 10))
  names sky-discover.8 "${words[@]}"
}

@test "awgd-control(5) names every request, code and counter" {
  noise=$ROOT/lib/protocol/src/main/java/skyawg/protocol/noise
  mapfile -t words < <(
    grep -ohE 'new ControlAction\("?[a-z.]+"' "$ROOT"/tools/awgd/src/main/java/skyawg/awgd/{,mesh/}*.java | grep -oE '[a-z]+\.[a-z]+'
    sed -nE 's/.*String [A-Z0-9_]+ = "([a-z0-9_]+)";.*/\1/p' "$ROOT/lib/control/src/main/java/skyawg/control/control/ControlException.java"
    sed -nE 's/^    ([A-Z0-9_]+)[,;]?$/\L\1/p' "$noise/Verdict.java" "$ROOT/lib/datapath/src/main/java/skyawg/datapath/forward/DropReason.java")
  ((${#words[@]} >= 35))
  names awgd-control.5 "${words[@]}" hello list subscribe interface.added interface.removed
}
