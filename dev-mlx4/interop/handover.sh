#!/usr/bin/env bash
# Two guests on the switch. The built-in subnet manager begins; opensm starts in one guest, gets the subnet handed over, dies without
# a word, and the built-in one takes the subnet back. IPoIB between the guests works before, during and after.
set -u; . "$(dirname "$0")/lib.sh"
cards handover 2
server='modprobe ib_ipoib
wait_for 40 "port ACTIVE" port_is_active
step 10 ip addr add 10.0.0.1/24 dev ib0
step 10 ip link set ib0 up
sm_lid() { cat /sys/class/infiniband/mlx4_0/ports/1/sm_lid; }
own() { [ "$(sm_lid)" = "$(cat /sys/class/infiniband/mlx4_0/ports/1/lid)" ]; }
built_in() { [ "$(sm_lid)" = 0xbfff ]; }
built_in && echo "STEP 0 the built-in manager is master" || echo "STEP 1 the built-in manager is master"
wait_for 90 "the other guest" ping -c 1 -W 1 10.0.0.2
opensm -f /tmp/opensm.log > /dev/null 2>&1 & opensm=$!
wait_for 60 "opensm is master" own
show 20 sminfo
show 20 saquery -s
wait_for 60 "IPoIB with opensm" ping -c 1 -W 1 10.0.0.2
grep -E " ERR " /tmp/opensm.log
kill -9 $opensm
wait_for 60 "the built-in manager is back" built_in
show 20 sminfo
wait_for 60 "IPoIB afterwards" ping -c 1 -W 1 10.0.0.2
show 20 saquery --smkey 1 -m
show 20 ibqueryerrors
the_end'
client='modprobe ib_ipoib
wait_for 60 "port ACTIVE" port_is_active
step 10 ip addr add 10.0.0.2/24 dev ib0
step 10 ip link set ib0 up
wait_for 60 "the other guest" ping -c 1 -W 1 10.0.0.1
misses=0
while [ $misses -lt 20 ]; do
  if ping -c 1 -W 1 10.0.0.1 > /dev/null 2>&1; then misses=0; else misses=$((misses + 1)); fi
  sleep 1
done
the_end'
pair handover 240 "$server" "$client"
finish
