#!/usr/bin/env bats
# sky-discover from its jar, between two stand-ins for the daemon: two nodes over loopback, of which one knows the other.

setup() {
  ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  SERVERS=()
  NODES=()
}

teardown() { kill "${SERVERS[@]}" "${NODES[@]}" 2>/dev/null || true; }

# daemon NAME KEY PORT: answers record.export with a record of KEY's number at 127.0.0.1, and writes what it is offered
# into NAME.offered.
daemon() {
  mkdir -p "$BATS_TEST_TMPDIR/$1"
  perl -MIO::Socket::UNIX -MMIME::Base64 -e '
    my ($socket, $key, $port, $offered) = @ARGV;
    my $record = pack("C4 a8 a32 a32 N N n n a4 a16", 1, 1, 17, 1, "network1", chr($key) x 32, chr($key + 100) x 32,
      time + 86400, 0, $port, 0, pack("C4", 127, 0, 0, 1), "");
    my $text = "sky1:" . encode_base64($record, "");
    $text =~ tr|+/|-_|;
    my $server = IO::Socket::UNIX->new(Local => $socket, Listen => 5) or die;
    open(my $log, ">>", $offered) or die;
    $log->autoflush(1);
    $SIG{CHLD} = "IGNORE";
    while (my $client = $server->accept) {
      next if fork;
      while (my $line = <$client>) {
        my ($id) = $line =~ /"id":(\d+)/;
        if ($line =~ /"do":"record.export"/) {
          print $client "{\"id\":$id,\"ok\":true,\"result\":{\"record\":\"$text\"}}\n";
        } else {
          print $log $line;
          print $client "{\"id\":$id,\"ok\":true,\"result\":{\"offered\":1,\"taken\":1}}\n";
        }
      }
      exit;
    }' "$BATS_TEST_TMPDIR/$1/control.sock" "$2" "$3" "$BATS_TEST_TMPDIR/$1.offered" >/dev/null 3>&- &
  SERVERS+=($!)
  wait_for "[[ -S $BATS_TEST_TMPDIR/$1/control.sock ]]"
}

wait_for() { # CONDITION
  for _ in {1..300}; do
    if eval "$1"; then return 0; fi
    sleep 0.1
  done
  echo "never: $1"
  return 1
}

free_port() {
  perl -MIO::Socket::INET -e '
    print IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 0, Proto => "udp")->sockport'
}

# discover NAME WORD...: with the daemon and the state of that name.
discover() {
  "$ROOT/bin/sky-discover" --run-dir "$BATS_TEST_TMPDIR/$1" --state "$BATS_TEST_TMPDIR/$1.state" "${@:2}" 3>&-
}

# start NAME LOG WORD...: the same in the background; its process is the last of NODES.
start() {
  "$ROOT/bin/sky-discover" --run-dir "$BATS_TEST_TMPDIR/$1" --state "$BATS_TEST_TMPDIR/$1.state" "${@:3}" \
    >"$BATS_TEST_TMPDIR/$2.log" 2>"$BATS_TEST_TMPDIR/$2.err" 3>&- &
  NODES+=($!)
}

@test "two nodes find each other, tell their daemons, and come back after a restart without a boot node" {
  a=$(free_port) b=$(free_port)
  daemon a 1 4001
  daemon b 2 4002
  start a a --listen "127.0.0.1:$a"
  wait_for "grep -qs '^own enr:' '$BATS_TEST_TMPDIR/a.state/discovery'"
  boot=$(discover a --print-enr --listen "127.0.0.1:$a")
  [[ $boot == enr:* ]]
  [[ $(stat -c %a "$BATS_TEST_TMPDIR/a.state/discovery") == 600 ]]
  start b b --listen "127.0.0.1:$b" --boot "$boot" --json
  for name in a b; do
    wait_for "grep -q 'record.offer.*discv5.*sky1:' '$BATS_TEST_TMPDIR/$name.offered'"
  done
  # No library of ours has said a word, and no JVM has warned.
  [[ ! -s $BATS_TEST_TMPDIR/b.err ]]
  grep -q '^{"event": "offered",' "$BATS_TEST_TMPDIR/b.log"
  [[ -z $(grep -v '^sky-discover: ' "$BATS_TEST_TMPDIR/a.err") ]]

  kill -TERM "${NODES[1]}"
  status=0
  wait "${NODES[1]}" || status=$?
  ((status == 143))
  grep -q '^known enr:' "$BATS_TEST_TMPDIR/b.state/discovery"
  : >"$BATS_TEST_TMPDIR/b.offered"
  start b again --listen "127.0.0.1:$b"
  wait_for "grep -q 'record.offer.*discv5.*sky1:' '$BATS_TEST_TMPDIR/b.offered'"
}

@test "a file of records is offered too, and a faulty one is refused by line" {
  daemon a 1 4001
  port=$(free_port)
  record=sky1:$(perl -MMIME::Base64 -e '
    my $text = encode_base64(pack("C4 a8 a32 a32 N N n n a4 a16", 1, 1, 17, 1, "network1", "3" x 32, "4" x 32, time + 86400,
      0, 4000, 0, pack("C4", 127, 0, 0, 2), ""), "");
    $text =~ tr|+/|-_|;
    print $text')
  printf '# a list\n%s\n' "$record" >"$BATS_TEST_TMPDIR/list"
  start a a --listen "127.0.0.1:$port" --records "$BATS_TEST_TMPDIR/list"
  wait_for "grep -q 'record.offer.*static.*$record' '$BATS_TEST_TMPDIR/a.offered'"
  printf '%s\nsky1:short\n' "$record" >"$BATS_TEST_TMPDIR/list"
  run discover b --listen "127.0.0.1:$port" --records "$BATS_TEST_TMPDIR/list"
  ((status == 1))
  [[ $output == *"list: line 2: "* ]]
}

@test "errors say what, where, and what to do" {
  run discover none --listen 127.0.0.1:9300 --print-enr
  ((status == 3))
  [[ $output == *"none/control.sock"*"systemctl start awgd"* ]]
  run discover none --listen 127.0.0.1:9300 --boot enr:short
  ((status == 2))
  [[ $output == *"--boot 'enr:short'"*"is all of it there?"* ]]
  run discover none --listen 127.0.0.1:9300 --boot-file "$BATS_TEST_TMPDIR/missing"
  ((status == 1))
  [[ $output == *"missing: no such file"* ]]
  daemon a 1 4001
  port=$(free_port)
  perl -MIO::Socket::INET -e '
    my $socket = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $ARGV[0], Proto => "udp") or die;
    sleep 60' "$port" 3>&- &
  SERVERS+=($!)
  sleep 0.3
  run discover a --listen "127.0.0.1:$port"
  ((status == 1))
  [[ $output == *"cannot listen at"*"$port"*"--listen"* ]]
}
