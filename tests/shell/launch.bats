#!/usr/bin/env bats
# The launcher, with JDKs that are shell scripts: they print what they are called with.

setup() {
  bats_require_minimum_version 1.5.0
  tree=$BATS_TEST_TMPDIR/tree
  mkdir -p "$tree/bin" "$tree/tools/awg/target" "$BATS_TEST_TMPDIR/home"
  cp "$BATS_TEST_DIRNAME/../../bin/launch" "$tree/bin/"
  for tool in awg awg-quick awgd; do ln -s launch "$tree/bin/$tool"; done
  jar=$tree/tools/awg/target/skyawg-awg-1.0-all.jar
  echo jar >"$jar"
  make_jdk "$BATS_TEST_TMPDIR/jdk25" 25.0.3
  make_jdk "$BATS_TEST_TMPDIR/jdk17" 17.0.9
  export AWG_JAVA_HOME=$BATS_TEST_TMPDIR/jdk25 HOME=$BATS_TEST_TMPDIR/home AWG_START_CACHE=off
  unset JAVA_HOME XDG_CACHE_HOME AWG_JAVA_OPTIONS
}

# A JDK that prints its arguments; when it is to make a cache, it makes the file.
make_jdk() { # FOLDER VERSION
  mkdir -p "$1/bin"
  printf 'IMPLEMENTOR="Nobody"\nJAVA_VERSION="%s"\n' "$2" >"$1/release"
  cat >"$1/bin/java" <<'JAVA'
#!/bin/sh
for word; do
  case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;; esac
done
printf '%s\n' "$0" "$@"
JAVA
  chmod +x "$1/bin/java"
}

wait_for() { # FILE
  for _ in $(seq 100); do
    [ -e "$1" ] && return
    sleep 0.05
  done
  return 1
}

cache_file() {
  echo "$1/awg-$(stat -L -c %s-%Y "$jar")-25.0.3.aot"
}

@test "runs the jar of the tree with the words as they are" {
  run "$tree/bin/awg" set 'a b' ''
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = "$BATS_TEST_TMPDIR/jdk25/bin/java" ]
  [[ $output == *$'\n-jar\n'*"skyawg-awg-1.0-all.jar"$'\nset\na b' ]]
}

@test "prefers the installed jar, through a link too" {
  mkdir -p "$tree/lib/skyawg"
  echo installed >"$tree/lib/skyawg/awg.jar"
  ln -s "$tree/bin/awg" "$BATS_TEST_TMPDIR/awg"
  run "$BATS_TEST_TMPDIR/awg" show
  [[ $output == *"/lib/skyawg/awg.jar"* ]]
}

@test "passes by a JDK that is too old" {
  AWG_JAVA_HOME=$BATS_TEST_TMPDIR/jdk17 JAVA_HOME=$BATS_TEST_TMPDIR/jdk25 run "$tree/bin/awg"
  [ "${lines[0]}" = "$BATS_TEST_TMPDIR/jdk25/bin/java" ]
}

@test "takes the JDK of the java on the PATH" {
  unset AWG_JAVA_HOME
  mkdir "$BATS_TEST_TMPDIR/path"
  ln -s "$BATS_TEST_TMPDIR/jdk25/bin/java" "$BATS_TEST_TMPDIR/path/java"
  PATH=$BATS_TEST_TMPDIR/path:$PATH run "$tree/bin/awg"
  [ "${lines[0]}" = "$BATS_TEST_TMPDIR/jdk25/bin/java" ]
}

@test "says in one sentence what is missing" {
  rm "$jar"
  run "$tree/bin/awg"
  [ "$status" -eq 1 ]
  [ "${#lines[@]}" -eq 1 ]
  [[ $output == "awg: awg.jar is missing: "* ]]
}

@test "hides the variables that any JVM would announce" {
  # shellcheck disable=SC2016 # for the script to expand
  printf '#!/bin/sh\necho "<${JAVA_TOOL_OPTIONS-}${JDK_JAVA_OPTIONS-}${_JAVA_OPTIONS-}>"\n' >"$AWG_JAVA_HOME/bin/java"
  JAVA_TOOL_OPTIONS=-Da JDK_JAVA_OPTIONS=-Db _JAVA_OPTIONS=-Dc run "$tree/bin/awg"
  [ "$output" = "<>" ]
}

@test "says nothing of a terminal where there is none" {
  run "$tree/bin/awg"
  [[ $output != *skyawg.terminal* ]]
}

@test "makes the start cache once and uses it from then on" {
  unset AWG_START_CACHE
  cache=$(cache_file "$tree/tools/awg/target")
  run "$tree/bin/awg"
  [[ $output != *AOTCache* ]]
  wait_for "$cache"
  [ "$(stat -c %a "$cache")" = 600 ]
  run "$tree/bin/awg" show
  [[ $output == *"-XX:AOTCache="*"/$(basename "$cache")"$'\n-Xlog:disable\n'* ]]
}

@test "makes the start cache and nothing else, when asked to" {
  AWG_START_CACHE="make" run "$tree/bin/awg" show
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  [ -e "$(cache_file "$tree/tools/awg/target")" ]
  unset AWG_START_CACHE
  run "$tree/bin/awg" show
  [[ $output == *"-XX:AOTCache="* ]]
}

@test "says so when the start cache it was asked for cannot be made" {
  printf '#!/bin/sh\nexit 1\n' >"$AWG_JAVA_HOME/bin/java"
  AWG_START_CACHE="make" run "$tree/bin/awg"
  [ "$status" -eq 1 ]
  [[ $output == "awg: the start cache was not made: "* ]]
}

@test "a daemon uses its start cache, in the background too" {
  mkdir -p "$tree/tools/awgd/target"
  echo jar >"$tree/tools/awgd/target/skyawg-awgd-1.0-all.jar"
  AWG_START_CACHE="make" "$tree/bin/awgd"
  unset AWG_START_CACHE
  run "$tree/bin/awgd" -f awg0
  [[ $output == *"-XX:AOTCache="*"/tools/awgd/target/awgd-"*".aot"$'\n'* ]]
  # shellcheck disable=SC2016 # for the script to expand
  printf '#!/bin/sh\ncase $* in *AOTCache=*) echo ready >&3 ;; *) echo "no cache" >&3 ;; esac\n' >"$AWG_JAVA_HOME/bin/java"
  run "$tree/bin/awgd" awg0
  [ "$status" -eq 0 ]
}

@test "leaves no child behind that a daemon would have to bury" {
  unset AWG_START_CACHE
  # shellcheck disable=SC2016 # for the script to expand
  printf '#!/bin/sh\ncase $* in *AOTCacheOutput*) exit ;; esac\nsleep 0.3\ncat "/proc/$$/task/$$/children"\n' >"$AWG_JAVA_HOME/bin/java"
  run "$tree/bin/awg"
  # cat itself is the only child that there is.
  [ "$(wc -w <<<"$output")" -eq 1 ]
}

@test "uses no cache of another jar, and replaces it" {
  unset AWG_START_CACHE
  echo old >"$tree/tools/awg/target/awg-1-1-25.0.3.aot"
  echo kept >"$tree/tools/awg/target/awg-quick-1-1-25.0.3.aot"
  run "$tree/bin/awg"
  [[ $output != *AOTCache* ]]
  wait_for "$(cache_file "$tree/tools/awg/target")"
  [ ! -e "$tree/tools/awg/target/awg-1-1-25.0.3.aot" ]
  [ -e "$tree/tools/awg/target/awg-quick-1-1-25.0.3.aot" ]
}

@test "leaves it to the one that began" {
  unset AWG_START_CACHE
  cache=$(cache_file "$tree/tools/awg/target")
  mkdir "$cache.lock"
  run "$tree/bin/awg"
  sleep 0.5
  [ ! -e "$cache" ] && [ -d "$cache.lock" ]
}

@test "does not hold what the caller has open while it makes the cache" {
  unset AWG_START_CACHE
  printf '#!/bin/sh\ncase $* in *AOTCacheOutput*) sleep 3 ;; esac\n' >"$AWG_JAVA_HOME/bin/java"
  SECONDS=0
  : "$("$tree/bin/awg" 7>&1)"
  [ "$SECONDS" -lt 2 ]
}

@test "uses no cache that somebody else could have written" {
  [ "$(id -u)" = 0 ] || skip "needs root"
  unset AWG_START_CACHE
  cache=$(cache_file "$tree/tools/awg/target")
  mkdir "$cache.lock"
  echo foreign >"$cache"
  chown 65534 "$cache"
  run "$tree/bin/awg"
  [[ $output != *AOTCache* ]]
}

@test "keeps the cache with the user's where the jar's folder cannot be written" {
  [ "$(id -u)" = 0 ] || skip "needs root"
  unset AWG_START_CACHE
  chmod -R a+rX "$BATS_TEST_TMPDIR" && chown -R 65534 "$HOME"
  parent=$BATS_TEST_TMPDIR
  while [ "$parent" != / ]; do
    [ "$(stat -c %a "$parent")" != 700 ] || skip "another user cannot enter $parent"
    parent=$(dirname "$parent")
  done
  run setpriv --reuid 65534 --clear-groups "$tree/bin/awg"
  wait_for "$(cache_file "$HOME/.cache/skyawg")"
  run setpriv --reuid 65534 --clear-groups "$tree/bin/awg"
  [[ $output == *"-XX:AOTCache=$HOME/.cache/skyawg/awg-"* ]]
}
