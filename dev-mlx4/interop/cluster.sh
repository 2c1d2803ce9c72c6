#!/usr/bin/env bash
# Two guests on the switch of a running LegoOS cluster: they talk to each other, and ask the cluster's own cards (which
# answer management datagrams themselves) for their identity and counters.
set -u; . "$(dirname "$0")/lib.sh"
rm -f "$LAB/run/cluster.1" "$LAB/run/cluster.2"
"$LEGO" run --vfio-user "$LAB/run/cluster.1" --vfio-user "$LAB/run/cluster.2" --serial-dir "$LAB/logs/cluster-serial" \
  "${BUSYBOX:-$LAB/trixie/usr/bin/busybox}" sleep 240 > "$LAB/logs/cluster.cards" 2>&1 & cards_pid=$!
for ((i = 0; i < 600; i++)); do [ -S "$LAB/run/cluster.2" ] && break; sleep 0.1; done
steps='wait_for 20 "port ACTIVE" port_is_active
show 20 ibstat'
pair cluster 150 "$steps
step 60 ibv_rc_pingpong -d mlx4_0 -n 100
the_end" "$steps
call ibv_rc_pingpong -d mlx4_0 -n 100 192.168.77.1
for lid in 1 2; do
  show 20 smpquery nodedesc \$lid
  show 20 smpquery portinfo \$lid 1
  show 20 perfquery -x \$lid 1
done
the_end"
grep -a 'Node Description' "$LAB/logs/cluster-client.out"
finish
