#!/usr/bin/env bats
# ./install into folders of our own, and its undoing; the units as systemd reads them.

setup() {
  ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  PREFIX=$BATS_TEST_TMPDIR/prefix
  export AWG_START_CACHE=off
}

listing() { (cd "$1" && find . | sort); }

@test "installed tools run, also through a link from elsewhere" {
  "$ROOT/install" "$PREFIX"
  [[ $("$PREFIX/bin/awg" genkey) =~ ^[A-Za-z0-9+/]{43}=$ ]]
  ln -s "$PREFIX/bin/awg-quick" "$BATS_TEST_TMPDIR/awg-quick"
  [[ $("$BATS_TEST_TMPDIR/awg-quick" --version) == awg-quick* ]]
  [[ $("$PREFIX/bin/awgd" --version) == awgd* ]]
  [[ $("$PREFIX/bin/sky-discover" --version) == sky-discover* ]]
}

@test "what is installed is complete, and names its prefix" {
  "$ROOT/install" "$PREFIX"
  for file in share/man/man8/{awg,awg-quick,awgd,sky-discover}.8 share/man/man5/{awg.conf,awgd-control}.5 \
    share/bash-completion/completions/{awg,awg-quick,awgd,sky-discover} share/zsh/site-functions/_awg \
    lib/systemd/system/{awgd.service,awg-quick@.service,awg-quick.target,sky-discover.service} lib/sysusers.d/awgd.conf; do
    [[ -s $PREFIX/$file ]] || { echo "$file is missing"; return 1; }
  done
  grep -q "^ExecStart=$PREFIX/bin/awgd --service" "$PREFIX/lib/systemd/system/awgd.service"
  ! grep -r /usr/local "$PREFIX/lib/systemd"
}

@test "removal leaves nothing behind, even after a second installation and with start caches" {
  "$ROOT/install" "$PREFIX"
  "$ROOT/install" "$PREFIX"
  touch "$PREFIX/lib/skyawg/awg-1-1-25.aot"
  mkdir "$PREFIX/lib/skyawg/awg-1-1-25.aot.lock"
  touch -d '1 hour ago' "$PREFIX/lib/skyawg/awg-1-1-25.aot.lock"
  "$ROOT/install" --remove "$PREFIX"
  [[ ! -e $PREFIX ]]
}

@test "removal leaves what was there before" {
  mkdir -p "$PREFIX/bin" "$PREFIX/share/man/man8"
  touch "$PREFIX/bin/other"
  before=$(listing "$PREFIX")
  "$ROOT/install" "$PREFIX"
  "$ROOT/install" --remove "$PREFIX"
  [[ $(listing "$PREFIX") == "$before" ]]
}

@test "DESTDIR: files lie under it, and name the prefix alone" {
  DESTDIR=$BATS_TEST_TMPDIR/package "$ROOT/install" /usr
  [[ -x $BATS_TEST_TMPDIR/package/usr/bin/awg ]]
  grep -q '^ExecStart=/usr/bin/awgd --service' "$BATS_TEST_TMPDIR/package/usr/lib/systemd/system/awgd.service"
  DESTDIR=$BATS_TEST_TMPDIR/package "$ROOT/install" --remove /usr
  [[ ! -e $BATS_TEST_TMPDIR/package ]]
}

@test "wrong usage is refused" {
  run "$ROOT/install"
  ((status == 2))
  run "$ROOT/install" --remove "$PREFIX"
  ((status == 1))
  [[ $output == *"nothing of ours"* ]]
  run "$ROOT/install" "$BATS_TEST_TMPDIR/with a blank"
  ((status == 1))
}

@test "the units of what runs on: exposure at most 3.0" {
  command -v systemd-analyze >/dev/null || skip "needs systemd-analyze"
  for unit in awgd sky-discover; do
    systemd-analyze security --offline=true --threshold=30 "$ROOT/packaging/$unit.service" | tail -n 1
  done
}

@test "systemd accepts the units" {
  command -v systemd-analyze >/dev/null || skip "needs systemd-analyze"
  "$ROOT/install" "$PREFIX"
  run systemd-analyze verify --man=no --recursive-errors=no "$PREFIX"/lib/systemd/system/{awgd.service,awg-quick@x.service,awg-quick.target,sky-discover.service}
  echo "$output"
  [[ $output != *"$PREFIX"* ]]
  ((status == 0))
}
