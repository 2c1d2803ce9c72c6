#!/usr/bin/env bash
# Two guests on the switch, no opensm anywhere: the built-in subnet manager gives LIDs and answers the kernel's and saquery's
# questions; IPoIB joins its groups there, RDMA-CM gets its paths there.
set -u; . "$(dirname "$0")/lib.sh"
cards administration 2
server='modprobe ib_ipoib
wait_for 40 "port ACTIVE" port_is_active
step 10 ip addr add 10.0.0.1/24 dev ib0
step 10 ip link set ib0 up
show 20 sminfo
show 20 saquery -N
show 20 saquery -p
show 20 saquery -s
show 20 saquery -x
show 20 saquery -c
show 20 saquery LFTR
show 20 saquery PIR
show 20 ibqueryerrors
show 20 iblinkinfo
show 60 rping -s -a 10.0.0.1 -v -C 5
show 20 saquery --smkey 1 -m
show 20 saquery -g
show 20 ibroute -M $(cat /sys/class/infiniband/mlx4_0/ports/1/sm_lid)
show 60 udaddy
sleep 2
the_end'
client='modprobe ib_ipoib
wait_for 60 "port ACTIVE" port_is_active
step 10 ip addr add 10.0.0.2/24 dev ib0
step 10 ip link set ib0 up
wait_for 60 "server up" ping -c 1 -W 1 10.0.0.1
show 30 ping -c 3 10.0.0.1
call rping -c -a 10.0.0.1 -v -C 5
call udaddy -s 10.0.0.1
the_end'
pair administration 240 "$server" "$client"
finish
