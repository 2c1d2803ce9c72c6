#!/usr/bin/env bash
# A LegoOS node's card and Linux's soft-RoCE in a guest, over an Ethernet of whole frames (QEMU's -netdev dgram): ibv_rc_pingpong
# as client and as server. The exchange of addresses goes over a second network card of the guest, QEMU's user network.
set -u; . "$(dirname "$0")/lib.sh"
MODULES=virtio_pci,virtio_net,ib_uverbs,rdma_rxe
frames_here=$((20000 + RANDOM % 10000)); frames_guest=$((frames_here + 1)); exchange=$((frames_here + 2)); forwarded=$((frames_here + 3))

# node NAME [options]: "lego pingpong" on the Ethernet; its output is $LAB/logs/NAME.node
node() {
  local name=$1; shift
  "$LEGO" pingpong --ether $frames_here:$frames_guest --ip 192.168.77.9 "$@" > "$LAB/logs/$name.node" 2>&1
}

gone_in() { # SECONDS PID: ends the process if it does not end by itself
  local i
  for ((i = 0; i < 10 * $1; i++)); do kill -0 "$2" 2>/dev/null || return; sleep 0.1; done
  kill "$2"
}

setup='ip addr add 192.168.77.2/24 dev eth0; ip link set eth0 up; ip addr add 10.0.2.15/24 dev eth1; ip link set eth1 up
rdma link add rxe0 type rxe netdev eth0; sleep 1'
ethernet=(-q "-netdev dgram,id=n0,local.type=inet,local.host=127.0.0.1,local.port=$frames_guest,remote.type=inet,remote.host=127.0.0.1,remote.port=$frames_here -device virtio-net-pci,netdev=n0,mac=52:54:00:00:77:02,romfile=,addr=1d.0"
  -q "-netdev user,id=n1,hostfwd=tcp:127.0.0.1:$forwarded-:18515 -device virtio-net-pci,netdev=n1,mac=52:54:00:00:78:02,romfile=,addr=1e.0"
  -q "-object filter-dump,id=d0,netdev=n0,file=/lab/pcap/rxe-node.pcap")

rxe_guest() { # NAME SCRIPT
  { cat "$here/guest.sh"; echo "$setup"; printf '%s\n' "$2"; echo 'echo "STEP 0 the end"'; } > "$LAB/logs/$1.script"
  "$LAB/bin/run-guest.sh" -n "$1" -t 240 -m 512 -M "$MODULES" -f "$LAB/logs/$1.script" "${ethernet[@]}" -- > "$LAB/logs/$1.out" 2> "$LAB/logs/$1.err"
}

mkdir -p "$LAB/pcap"; rm -f "$LAB/pcap/rxe-node.pcap"
node rxe-served -p $exchange -n 200 --times 3 & served=$!
rxe_guest rxe-client "show 10 ping -c 1 -W 5 10.0.2.2
call ibv_rc_pingpong -d rxe0 -g 1 -n 200 -p $exchange 10.0.2.2
call ibv_rc_pingpong -d rxe0 -g 1 -n 200 -e -p $exchange 10.0.2.2
call ibv_rc_pingpong -d rxe0 -g 1 -n 200 -p $exchange 10.0.2.2"
gone_in 10 $served
wait $served && echo "ok      rxe-served" || { echo "FAILED  rxe-served"; cat "$LAB/logs/rxe-served.node"; failures=$((failures + 1)); }
check rxe-client
finish
