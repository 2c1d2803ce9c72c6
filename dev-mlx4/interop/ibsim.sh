#!/usr/bin/env bash
# Debian's infiniband-diags and opensm on a live cluster, by ibsim's protocol: each tool runs, says what it should and warns of
# nothing; then opensm takes the subnet over, dies, and the built-in subnet manager comes back. Needs no root and no lab:
# packages infiniband-diags, ibsim-utils (or libumad2sim0), opensm, gcc. LEGO names another launcher.
set -u
here=$(cd "$(dirname "$0")" && pwd)
LEGO=${LEGO:-$here/../../lego}
PORT=${PORT:-$((20000 + RANDOM % 12000))}
PRELOAD=$(ls /usr/lib/*/umad2sim/libumad2sim.so 2> /dev/null | head -1)
PATH=$PATH:/usr/sbin
for need in "$PRELOAD" saquery opensm gcc; do
  [ -n "$need" ] && { [ -f "$need" ] || command -v "$need" > /dev/null; } || { echo "ibsim.sh: skipped, ${need:-libumad2sim.so} is not installed"; exit 77; }
done
work=$(mktemp -d); failures=0; cluster=; manager=
cleanup() { kill $manager $cluster 2> /dev/null; wait 2> /dev/null; rm -rf "$work"; }
trap cleanup EXIT
cd "$work" || exit 1
echo 'int sleep(int); int main(void) { return sleep(600); }' > wait.c && gcc -static -o wait wait.c || exit 1
"$LEGO" run --ibsim="$PORT" "$work/wait" > cluster.out 2>&1 & cluster=$!

sim() { IBSIM_SERVER_NAME=127.0.0.1 IBSIM_SERVER_PORT=$PORT LD_PRELOAD=$PRELOAD timeout -k 1 "${LIMIT:-30}" "$@"; }
ok() { echo "ok      $1"; }
failed() { echo "FAILED  $1"; sed 's/^/        /' out | head -20; failures=$((failures + 1)); }

# expect PATTERN COMMAND...: status 0, the pattern (extended regular expression, empty: anything) in the output, no warning.
expect() {
  local pattern=$1 what; shift; what="$*"
  sim "$@" > out 2>&1; local status=$?
  sed -i '/sim_connect: attached as client/d' out
  if [ $status != 0 ] || [ -n "$pattern" ] && ! grep -qE -- "$pattern" out || grep -qiE 'warn|error:|failed|timed out|bad status' out; then
    failed "$what (status $status, expected /$pattern/)"
  else
    ok "$what"
  fi
}

for ((i = 0; i < 120; i++)); do sim sminfo > out 2>&1 && grep -q MASTER out && break; sleep 1; done
switch=$(sed -n 's/.*sm lid \([0-9]*\).*/\1/p' out)
[ -n "$switch" ] || { echo "the cluster did not come up"; cat cluster.out; exit 1; }

expect 'SMINFO_MASTER' sminfo
expect 'State: Active' ibstat
expect 'LID start' ibaddr
expect 'processor0/mlx4_0.*memory0/mlx4_0|memory0/mlx4_0' ibhosts
expect 'switch0' ibswitches
expect 'Switch.*switch0' ibnodes
expect 'processor0/mlx4_0.*4xQDR' ibnetdiscover
expect '10.0 Gbps Active/  LinkUp.*switch0' iblinkinfo
expect '0 bad nodes found' ibqueryerrors
expect '' ibidsverify
expect '0x0002 002' ibroute "$switch"
expect 'Multicast mlids' ibroute -M "$switch"
expect 'valid lids dumped' dump_fts
expect 'To ca' ibtracert 1 2
expect 'LinkUp' ibportstate "$switch" 1 query
expect 'PortXmitData' perfquery "$switch" 1
expect 'PortSelect.*255' perfquery -a "$switch"
expect 'PortUnicastXmitPkts' perfquery -x 1 1
expect '' perfquery -R 1 1
for lid in 1 2 "$switch"; do
  expect 'NodeType' smpquery nodeinfo $lid
  expect 'Node Description' smpquery nodedesc $lid
  expect 'LinkState:.*Active' smpquery portinfo $lid 1
  expect 'SL2VL' smpquery sl2vl $lid 1
  expect 'VL' smpquery vlarb $lid 1
  expect '0xffff' smpquery pkeys $lid
  expect '0: 0x[0-9a-f]*[1-9a-f]' smpquery guidinfo $lid
done
expect 'LinearFdbTop' smpquery switchinfo "$switch"
expect 'NodeType:.*Switch' smpquery -D nodeinfo 0,1

expect 'Class version.*2' saquery -c
expect 'NodeRecord' saquery -N
expect 'processor0/mlx4_0' saquery NR 1
expect 'memory0/mlx4_0' saquery NR 2
expect 'IsSM ports' saquery -s
expect 'SMState.*3' saquery SMIR
expect 'dlid.*2' saquery PR --src-to-dst 1:2
expect 'PathRecord' saquery -p
expect 'FromLID' saquery -x
expect 'Mlid.*0xC000' saquery -g
expect 'MCMemberRecord member' saquery -m
expect 'IsTrapSupported' saquery PIR 1
expect 'LinearFdbTop|LFTTop|LinearFDBTop' saquery SWIR "$switch"
expect 'LFT' saquery LFTR "$switch"/0
expect 'GUID 0' saquery GIR 1/0
expect '0xffff' saquery PKTR 1/1/0
expect 'SL: 0' saquery SL2VL 1
expect 'Weight' saquery VLAR 1/1/1
expect '' saquery -S
expect '' saquery -I

# Two tables of the same links, asked for by different means.
"$LEGO" iblinkinfo > ours 2> out || failed "lego iblinkinfo"
links() { grep -v 'lego-management\|lego iblinkinfo\|0x0002c90300ff0001\|Down/ Polling' | sed 's/ *$//' | sort; }
sim iblinkinfo 2> /dev/null | links > theirs
links < ours > ours.up
if diff ours.up theirs > out; then ok "lego iblinkinfo and iblinkinfo agree"; else failed "lego iblinkinfo and iblinkinfo differ"; fi

# until_state PATTERN: sminfo says so within half a minute.
until_manager() {
  for ((i = 0; i < 30; i++)); do LIMIT=5 sim sminfo > out 2>&1; grep -qE -- "$1" out && { ok "$2"; return; }; sleep 1; done
  failed "$2"
}
echo 'force_log_flush TRUE' > flush.conf
own=$(sim sminfo 2> /dev/null | sed -n 's/.*sm guid \(0x[0-9a-f]*\).*/\1/p')
IBSIM_SERVER_NAME=127.0.0.1 IBSIM_SERVER_PORT=$PORT LD_PRELOAD=$PRELOAD opensm -F flush.conf -f "$work/opensm.log" > opensm.out 2>&1 & manager=$!
until_manager 'sm guid 0x2c90300ff0001,.*MASTER' "opensm gets the subnet"
for ((i = 0; i < 20; i++)); do grep -q 'SUBNET UP' opensm.log && break; sleep 1; done
if grep -q 'SUBNET UP' opensm.log; then ok "opensm: subnet up"; else cp opensm.log out; failed "opensm: subnet up"; fi
grep -E ' 0x01 -> .*ERR' opensm.log > out && failed "opensm logs no error" || ok "opensm logs no error"
expect 'SMLid:\.+3$' smpquery portinfo 1
expect 'dlid.*2' saquery PR --src-to-dst 1:2
kill -9 $manager; wait $manager 2> /dev/null; manager=
until_manager "sm guid $own,.*MASTER" "opensm dies: the built-in manager comes back"
expect "SMLid:\.+$switch" smpquery portinfo 1
expect 'dlid.*2' saquery PR --src-to-dst 1:2
[ $failures = 0 ] && echo "all good" || echo "$failures failures"
exit $((failures > 0))
