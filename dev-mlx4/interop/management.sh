#!/usr/bin/env bash
# Two cards on one cable (SUBNET=--no-sm: on the switch): opensm in one guest, the diagnostics, ibping, IPoIB and RDMA-CM (rping).
set -u; . "$(dirname "$0")/lib.sh"
cards management 2 ${SUBNET:---direct}
server='modprobe ib_ipoib
step 20 opensm -B -f /tmp/opensm.log
wait_for 40 "port ACTIVE" port_is_active
sleep 3
show 20 ibstat
show 20 ibv_devinfo
show 20 sminfo
show 20 ibnetdiscover
show 20 iblinkinfo
show 20 ibqueryerrors
show 20 perfquery
show 20 perfquery -x
show 20 smpquery nodeinfo -D 0,1
show 20 smpquery portinfo -D 0,1 1
show 20 smpquery pkeys 2
show 20 smpquery sl2vl 2
show 20 smpquery vlarb 2
show 20 smpquery guidinfo 2
show 20 saquery
show 20 saquery -m
step 10 ip addr add 10.0.0.1/24 dev ib0
step 10 ip link set ib0 up
ibping -S &
show 60 rping -s -a 10.0.0.1 -v -C 5
show 60 udaddy
sleep 2
kill %1 2>/dev/null
the_end'
client='modprobe ib_ipoib
wait_for 60 "port ACTIVE" port_is_active
sleep 3
step 10 ip addr add 10.0.0.2/24 dev ib0
step 10 ip link set ib0 up
wait_for 60 "server up" ping -c 1 -W 1 10.0.0.1
show 30 ping -c 3 10.0.0.1
show 30 ibping -c 5 -L $(cat /sys/class/infiniband/mlx4_0/ports/1/sm_lid)
show 30 sminfo
call rping -c -a 10.0.0.1 -v -C 5
call udaddy -s 10.0.0.1
the_end'
pair management 240 "$server" "$client"
finish
