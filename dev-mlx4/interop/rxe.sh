#!/usr/bin/env bash
# A LegoOS node's card and Linux's soft-RoCE in a guest, over an Ethernet of whole frames (QEMU's -netdev dgram): ibv_*_pingpong and
# perftest's programs, first calling "lego peer" and then called by it. The exchange of addresses goes over a second network card of
# the guest, QEMU's user network. TESTS: other programs with their options, a line each.
set -u; . "$(dirname "$0")/lib.sh"
MODULES=virtio_pci,virtio_net,ib_uverbs,rdma_rxe
frames_here=$((30000 + RANDOM % 2000)); frames_guest=$((frames_here + 1))
N=${N:-100}
tests=${TESTS:-"ibv_rc_pingpong -n 200
ibv_rc_pingpong -n 200 -e
ibv_uc_pingpong -n 200
ibv_ud_pingpong -n 200
ibv_srq_pingpong -n 200
ib_send_lat -n $N
ib_send_lat -n $N -c UC
ib_send_lat -n $N -c UD
ib_write_lat -n $N
ib_read_lat -n $N
ib_atomic_lat -n $N
ib_send_bw -n $N
ib_write_bw -n $N
ib_read_bw -n $N
ib_atomic_bw -n $N"}
setup='ip addr add 192.168.77.2/24 dev eth0; ip link set eth0 up; ip addr add 10.0.2.15/24 dev eth1; ip link set eth1 up
rdma link add rxe0 type rxe netdev eth0; sleep 1'

mkdir -p "$LAB/pcap"; rm -f "$LAB/pcap/rxe-node.pcap"
talks rxe "$tests" rxe0 "-g 1"
lego_peer rxe --ether $frames_here:$frames_guest --ip 192.168.77.9
{ echo "PATIENCE=$PATIENCE"; cat "$here/guest.sh"; echo "$setup"; printf %s "$talks"; echo 'echo "STEP 0 the end"'; } > "$LAB/logs/rxe-guest.script"
"$LAB/bin/run-guest.sh" -n rxe-guest -t $((480 * PATIENCE)) -m 512 -M "$MODULES" -f "$LAB/logs/rxe-guest.script" \
  -q "-netdev dgram,id=n0,local.type=inet,local.host=127.0.0.1,local.port=$frames_guest,remote.type=inet,remote.host=127.0.0.1,remote.port=$frames_here -device virtio-net-pci,netdev=n0,mac=52:54:00:00:77:02,romfile=,addr=1d.0" \
  -q "-netdev user,id=n1$hostfwd -device virtio-net-pci,netdev=n1,mac=52:54:00:00:78:02,romfile=,addr=1e.0" \
  -q "-object filter-dump,id=d0,netdev=n0,file=/lab/pcap/rxe-node.pcap" \
  -- > "$LAB/logs/rxe-guest.out" 2> "$LAB/logs/rxe-guest.err"
check rxe-guest
lego_peer_ends rxe
finish
