#!/usr/bin/env bash
# perftest between two guests: latency and bandwidth of send, write, read and atomic, each service that has it.
set -u; . "$(dirname "$0")/lib.sh"
N=${N:-300}
tests="ib_send_lat -n $N
ib_send_lat -n $N -e
ib_send_lat -n $N -c UC
ib_send_lat -n $N -c UD
ib_write_lat -n $N
ib_write_lat -n $N -c UC
ib_read_lat -n $N
ib_read_lat -n $N -e
ib_atomic_lat -n $N -A FETCH_AND_ADD
ib_atomic_lat -n $N -A CMP_AND_SWAP
ib_send_bw -n $N
ib_send_bw -n $N -e
ib_send_bw -n $N -c UD
ib_send_bw -n $N -r 64 -x 0 -q 4
ib_write_bw -n $N
ib_write_bw -n $N -s 1048576 -b
ib_read_bw -n $N
ib_atomic_bw -n $N -A FETCH_AND_ADD"
cards perftest 2
pair perftest 400 \
  "$(echo "$tests" | sed 's/.*/step 60 & -d mlx4_0/'); the_end" \
  "$(echo "$tests" | sed 's/.*/call & -d mlx4_0 192.168.77.1/'); the_end"
grep -aE '^== |^ (64|8|2|65536|1048576) ' "$LAB/logs/perftest-client.out"
finish
