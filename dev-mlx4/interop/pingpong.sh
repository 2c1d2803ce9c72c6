#!/usr/bin/env bash
# Verbs between two guests: ibv_{rc,uc,ud,srq,xsrq}_pingpong, polled and with completion events.
set -u; . "$(dirname "$0")/lib.sh"
tests='ibv_rc_pingpong -n 200
ibv_rc_pingpong -n 200 -e
ibv_rc_pingpong -n 200 -s 1 -m 256
ibv_rc_pingpong -n 100 -s 65536 -m 4096
ibv_uc_pingpong -n 200
ibv_ud_pingpong -n 200
ibv_ud_pingpong -n 200 -e
ibv_srq_pingpong -n 200
ibv_srq_pingpong -n 200 -e
ibv_xsrq_pingpong -n 200
ibv_xsrq_pingpong -n 200 -e'
cards pingpong 2
pair pingpong 240 \
  "$(echo "$tests" | sed 's/.*/step 60 & -d mlx4_0/'); the_end" \
  "$(echo "$tests" | sed 's/.*/call & -d mlx4_0 192.168.77.1/'); the_end"
finish
