#!/usr/bin/env bash
# The emulated card beside soft-RoCE over virtio-net, same guests, same minute: 64-byte latencies in perftest's form.
set -u; . "$(dirname "$0")/lib.sh"
N=${N:-1000}
programs='ib_send_lat ib_write_lat ib_read_lat'
cards latency 2
tests=$(for p in $programs; do echo "$p -n $N -s 64"; done)
pair latency 240 \
  "$(echo "$tests" | sed 's/.*/step 90 & -d mlx4_0/'); the_end" \
  "$(echo "$tests" | sed 's/.*/call & -d mlx4_0 192.168.77.1/'); the_end"
no_more_cards
for p in $programs; do
  NOPCAP=1 "$LAB/bin/rxe-pair.sh" "rxe-$p" "$p -d rxe0 -x 1 -n $N -s 64" "$p -d rxe0 -x 1 -n $N -s 64 192.168.77.1" 120 > /dev/null 2>&1 \
    || { echo "FAILED  rxe $p"; failures=$((failures + 1)); }
done
value() { awk '$1 == 64 { print $5 }' "$1" | tail -1; } # t_typical
for p in $programs; do
  card=$(awk -v p="$p" '$1 == "==" { here = ($2 == p) } here && $1 == 64 { print $5 }' "$LAB/logs/latency-client.out" | tail -1)
  rxe=$(value "$LAB/logs/rxe-$p-c.out")
  awk -v p="$p" -v c="$card" -v r="$rxe" 'BEGIN { printf "%-14s card %8.2f us   soft-RoCE %8.2f us   ratio %.2f\n", p, c, r, (r > 0 ? c / r : 0) }'
done
finish
