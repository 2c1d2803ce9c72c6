#!/usr/bin/env bash
# A guest's card and a LegoOS node's card on one switch: ibv_rc_pingpong of the guest talks with "lego pingpong". The exchange of
# addresses goes over QEMU's user network.
set -u; . "$(dirname "$0")/lib.sh"
exchange=$((20000 + RANDOM % 10000))
CARDS=node
rm -f "$LAB/run/node.1"
"$LEGO" pingpong --vfio-user "$LAB/run/node.1" -p $exchange -n 200 --times 0 > "$LAB/logs/node.cards" 2>&1 & cards_pid=$!
for ((i = 0; i < 600; i++)); do [ -S "$LAB/run/node.1" ] && break; sleep 0.1; done
guest node-guest 1 240 "wait_for 60 'the port is active' port_is_active
call ibv_rc_pingpong -d mlx4_0 -n 200 -p $exchange 10.0.2.2
call ibv_rc_pingpong -d mlx4_0 -n 200 -e -p $exchange 10.0.2.2
call ibv_rc_pingpong -d mlx4_0 -n 200 -p $exchange 10.0.2.2
call ibv_rc_pingpong -d mlx4_0 -n 200 -e -p $exchange 10.0.2.2
the_end" -m 512 -i 10.0.2.15/24 \
  -q "-netdev user,id=n1 -device virtio-net-pci,netdev=n1,mac=52:54:00:00:78:02,romfile=,addr=1e.0"
if [ "$(grep -c 'iters in' "$LAB/logs/node.cards")" = 4 ]; then echo "ok      lego pingpong: $(grep 'iters in' "$LAB/logs/node.cards" | tail -1)"
else echo "FAILED  lego pingpong"; cat "$LAB/logs/node.cards"; failures=1; fi
check node-guest
finish
