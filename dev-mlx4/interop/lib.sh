# Sourced by the scripts here. LAB: directory of the built lab (its bin/run-guest.sh boots QEMU guests with stock Linux).
# LEGO: the launcher, by default this repository's. Sockets, logs and guests' outputs go below $LAB.
: "${LAB:?set LAB to the directory of the built lab}"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LEGO=${LEGO:-$here/../../lego}
PATIENCE=${PATIENCE:-1} # multiplies every time limit: for a machine that has other work
mkdir -p "$LAB/run" "$LAB/logs"
failures=0
cards_pid=

# cards NAME COUNT [options of "lego hca"]: serves COUNT cards on $LAB/run/NAME.1, .2 ... until the script ends.
cards() {
  local name=$1 count=$2 sockets=() i; shift 2
  for ((i = 1; i <= count; i++)); do rm -f "$LAB/run/$name.$i"; sockets+=(--vfio-user "$LAB/run/$name.$i"); done
  "$LEGO" hca "${sockets[@]}" --counters "$@" > "$LAB/logs/$name.cards" 2>&1 & cards_pid=$!
  for ((i = 0; i < 600; i++)); do
    [ -S "$LAB/run/$name.$count" ] && return
    kill -0 $cards_pid 2>/dev/null || break
    sleep 0.1
  done
  echo "the cards did not come up:"; cat "$LAB/logs/$name.cards"; exit 1
}

no_more_cards() {
  [ -n "$cards_pid" ] || return 0
  kill -TERM $cards_pid 2>/dev/null; wait $cards_pid 2>/dev/null; cards_pid=
}
trap no_more_cards EXIT

# guest NAME CARD_NUMBER LIMIT_S SCRIPT [options of run-guest.sh]: boots a guest with that card and runs SCRIPT behind
# guest.sh; its output is $LAB/logs/NAME.out. CARDS: name of the cards. DEVICE: further device properties as JSON members.
guest() {
  local name=$1 card=$2 limit=$3 script=$4; shift 4
  { echo "PATIENCE=$PATIENCE"; cat "$here/guest.sh"; printf '%s\n' "$script"; } > "$LAB/logs/$name.script"
  "$LAB/bin/run-guest.sh" -n "$name" -t "$((limit * PATIENCE))" -M "${MODULES:-virtio_pci,virtio_net,mlx4_core,mlx4_ib,ib_umad,ib_uverbs,rdma_ucm}" \
    -f "$LAB/logs/$name.script" "$@" \
    -q "-device '{\"driver\":\"vfio-user-pci\",\"socket\":{\"type\":\"unix\",\"path\":\"/lab/run/$CARDS.$card\"}${DEVICE:-}}'" \
    -- > "$LAB/logs/$name.out" 2> "$LAB/logs/$name.err"
}

# pair NAME LIMIT_S SERVER_SCRIPT CLIENT_SCRIPT: two guests, and between them an Ethernet (192.168.77.1, .2) over which
# verbs programs exchange addresses.
pair() {
  local name=$1 limit=$2 server=$3 client=$4 net=/lab/run/$1.net i
  rm -f "$LAB/run/$name.net"
  CARDS=$name guest "$name-server" 1 "$limit" "$server" -m 512 -i 192.168.77.1/24 \
    -q "-netdev stream,id=n0,server=on,addr.type=unix,addr.path=$net -device virtio-net-pci,netdev=n0,mac=52:54:00:00:77:01,romfile=,addr=1e.0" &
  local server_pid=$!
  for ((i = 0; i < 200; i++)); do [ -S "$LAB/run/$name.net" ] && break; sleep 0.05; done
  CARDS=$name guest "$name-client" 2 "$limit" "$client" -m 512 -i 192.168.77.2/24 \
    -q "-netdev stream,id=n0,server=off,addr.type=unix,addr.path=$net,reconnect-ms=200 -device virtio-net-pci,netdev=n0,mac=52:54:00:00:77:02,romfile=,addr=1e.0"
  wait $server_pid
  check "$name-server"; check "$name-client"
}

# talks NAME TESTS DEVICE [options of ibv_* in the guest]: for programs with their options, a line each, what the guest is to do (in $talks),
# "lego peer" ($LAB/logs/NAME.lines) and QEMU's user network ($hostfwd), so that each runs twice: the guest calls, and is called.
talks() {
  local name=$1 tests=$2 device=$3 verbs=${4:-} exchange=$((10000 + RANDOM % 10000)) i=0 test words more called= serves=
  talks= hostfwd=; : > "$LAB/logs/$name.lines"
  while read -r test; do
    words=$(sed -E 's/^ibv_([a-z]+)_pingpong/pingpong --transport \1/; s/^ib_([a-z]+)_([a-z]+)/perftest \1 \2/' <<< "$test")
    case $test in ibv_*) more=$verbs;; *) more=;; esac
    echo "$words -p $((exchange + i))" >> "$LAB/logs/$name.lines"
    called+="$words --connect 127.0.0.1 -p $((exchange + 10000 + i))"$'\n'
    talks+="call $test -d $device $more -p $((exchange + i)) 10.0.2.2"$'\n'
    serves+="show 60 $test -d $device $more -p $((18515 + i))"$'\n'
    hostfwd+=",hostfwd=tcp:127.0.0.1:$((exchange + 10000 + i))-:$((18515 + i))"
    i=$((i + 1))
  done <<< "$tests"
  printf %s "$called" >> "$LAB/logs/$name.lines"
  talks+=$serves
}

# lego_peer NAME [options]: starts "lego peer" with these lines; its output is $LAB/logs/NAME-lego.out. It ends after its guest.
lego_peer() {
  local name=$1; shift
  "$LEGO" peer "$@" < "$LAB/logs/$name.lines" > "$LAB/logs/$name-lego.out" 2>&1 & peer_pid=$!
}

lego_peer_ends() { # NAME: counts its lines, and checks them
  local name=$1 i
  for ((i = 0; i < 100 * PATIENCE; i++)); do kill -0 $peer_pid 2>/dev/null || break; sleep 0.1; done
  kill $peer_pid 2>/dev/null
  [ "$(grep -ac '^STEP' "$LAB/logs/$name-lego.out")" = "$(wc -l < "$LAB/logs/$name.lines")" ] && echo "STEP 0 the end" >> "$LAB/logs/$name-lego.out"
  check "$name-lego"
}

# check NAME: a line for each step of the guest; counts failures, and a guest that did not reach its end as one.
check() {
  local name=$1 line
  while read -r line; do
    case $line in
      "STEP 0 "*) echo "ok      $name: ${line#STEP 0 }";;
      *) echo "FAILED  $name: ${line#STEP }"; failures=$((failures + 1));;
    esac
  done < <(grep -a '^STEP ' "$LAB/logs/$name.out")
  if ! grep -qa '^STEP 0 the end' "$LAB/logs/$name.out"; then
    echo "FAILED  $name: did not reach its end (see $LAB/logs/$name.out)"; failures=$((failures + 1))
  fi
}

finish() {
  no_more_cards
  [ $failures = 0 ] && echo "all good" || echo "$failures failures; outputs are in $LAB/logs"
  exit $((failures > 0))
}
