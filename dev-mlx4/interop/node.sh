#!/usr/bin/env bash
# A guest's card and a LegoOS node's card on one switch: the guest's ibv_*_pingpong and perftest's programs talk with "lego peer",
# first calling it and then called by it. The exchange of addresses goes over QEMU's user network.
# TESTS: other programs with their options, a line each. N: messages of perftest's.
set -u; . "$(dirname "$0")/lib.sh"
N=${N:-300}
tests=${TESTS:-"ibv_rc_pingpong -n 200
ibv_rc_pingpong -n 200 -e
ibv_uc_pingpong -n 200
ibv_ud_pingpong -n 200
ibv_ud_pingpong -n 200 -e
ibv_srq_pingpong -n 200
ibv_srq_pingpong -n 200 -q 4 -e
ib_send_lat -n $N
ib_send_lat -n $N -e
ib_send_lat -n $N -c UC
ib_send_lat -n $N -c UD
ib_send_lat -n 50 -a
ib_write_lat -n $N
ib_write_lat -n $N -c UC
ib_read_lat -n $N
ib_read_lat -n $N -e
ib_atomic_lat -n $N -A FETCH_AND_ADD
ib_atomic_lat -n $N -A CMP_AND_SWAP
ib_send_bw -n $N
ib_send_bw -n $N -e
ib_send_bw -n $N -c UC
ib_send_bw -n $N -c UD
ib_send_bw -n $N -r 64 -q 4
ib_send_bw -n $N -b
ib_send_bw -n 50 -a
ib_write_bw -n $N
ib_write_bw -n $N -c UC
ib_write_bw -n $N -s 4096 -b
ib_write_bw -n 50 -a
ib_read_bw -n $N
ib_read_bw -n $N -s 4096 -b
ib_atomic_bw -n $N -A FETCH_AND_ADD"}
CARDS=node
rm -f "$LAB/run/node.1"
talks node "$tests" mlx4_0
lego_peer node --vfio-user "$LAB/run/node.1"
for ((i = 0; i < 600; i++)); do [ -S "$LAB/run/node.1" ] && break; sleep 0.1; done
guest node-guest 1 600 "wait_for 60 'the port is active' port_is_active
${talks}the_end" -m 512 -i 10.0.2.15/24 \
  -q "-netdev user,id=n1$hostfwd -device virtio-net-pci,netdev=n1,mac=52:54:00:00:78:02,romfile=,addr=1e.0"
check node-guest
lego_peer_ends node
finish
