#!/usr/bin/env bash
# A guest's card and a LegoOS node's card on one switch. First the node serves: ping, ibping and rping of the guest reach it, and the
# guest's diagnostic tools see its card. Then the guest serves, and "lego rping -c" and "lego ibping" reach it. Last, opensm in the
# guest takes the subnet from the built-in manager, and all of it works as before.
set -u; . "$(dirname "$0")/lib.sh"
CARDS=node-cm
PARTS=${PARTS:-serve call opensm}
NODE_IP=10.0.0.9
GUEST_IP=10.0.0.1

# node ARGUMENTS OF lego: runs a node beside the guest's card
node() {
  rm -f "$LAB/run/$CARDS.1"
  "$LEGO" "$@" --vfio-user "$LAB/run/$CARDS.1" > "$LAB/logs/$CARDS.cards" 2>&1 & cards_pid=$!
  for ((i = 0; i < 600; i++)); do [ -S "$LAB/run/$CARDS.1" ] && return; sleep 0.1; done
  echo "FAILED  lego $1 did not come up"; cat "$LAB/logs/$CARDS.cards"; failures=$((failures + 1))
}

# says PATTERN COUNT WHAT: has the node printed so many lines with PATTERN?
says() {
  local count; count=$(grep -ac "$1" "$LAB/logs/$CARDS.cards")
  if [ "$count" -ge "$2" ]; then echo "ok      node: $3: $(grep -a "$1" "$LAB/logs/$CARDS.cards" | tail -1 | cut -c1-80)"
  else echo "FAILED  node: $3"; cut -c1-160 "$LAB/logs/$CARDS.cards" | tail -40; failures=$((failures + 1)); fi
}

network="modprobe ib_ipoib
wait_for 60 'the port is active' port_is_active
step 10 ip addr add $GUEST_IP/24 dev ib0
step 10 ip link set ib0 up"
find_node="node_lid() { saquery -N | awk -F'.' '/^\t*lid/ {lid = \$NF} /NodeDescription/ && /lego-1/ {print lid}'; }
lid=\$(printf %d \$(node_lid | head -1)); echo \"the node is at LID \$lid\""
reach="wait_for 60 'the node answers ping' ping -c 1 -W 1 $NODE_IP
show 30 ping -c 3 $NODE_IP
show 30 ping -c 2 -s 1900 $NODE_IP
show 30 ibping -c 3 \$lid
show 60 rping -c -a $NODE_IP -v -V -C 5
show 60 rping -c -a $NODE_IP -V -C 200 -S 4096
show 60 rping -c -a $NODE_IP -V -C 20 -S 65535"
see="has_node() { grep -q 'lego-1' /tmp/step.out; echo \"STEP \$? the node is in it\"; }
show 30 ibnetdiscover; has_node
show 30 iblinkinfo; has_node
show 30 ibqueryerrors
show 30 smpquery nodedesc \$lid; has_node
show 30 smpquery nodeinfo \$lid
show 30 smpquery portinfo \$lid
show 30 perfquery \$lid
show 30 perfquery -x \$lid
show 30 saquery -N; has_node"

beside_guest() { # NAME LIMIT_S SCRIPT
  guest "$1" 1 "$2" "$3" -m 512
  check "$1"
}

for part in $PARTS; do
  echo "--- $part"
  case $part in
    serve)
      node rping -s -P -v -a $NODE_IP
      beside_guest node-cm-serve 240 "$network
$find_node
$reach
$see
the_end"
      says 'server ping data: rdma-ping-4: ' 1 'rping served with its data'
      says 'DISCONNECT' 3 'rping clients served';;
    call)
      node rping -c -a $GUEST_IP -I $NODE_IP -C 50 -V -v --wait 300 --stay
      beside_guest node-cm-call 240 "$network
show 120 rping -s -a $GUEST_IP -v
the_end"
      says 'client: 50 exchanges' 1 'lego rping -c'
      no_more_cards
      node ibping -c 5 --wait 300 --stay -G 0x0002c90300a00001
      beside_guest node-cm-ibping 240 "$network
hostname guest
(ibping -S &)
sleep \$((10 * PATIENCE))
the_end"
      says 'Pong from guest' 5 'lego ibping'
      says '5 packets transmitted, 5 received, 0% packet loss' 1 'lego ibping';;
    opensm)
      node rping -s -P -a $NODE_IP
      beside_guest node-cm-opensm 300 "$network
own() { [ \"\$(cat /sys/class/infiniband/mlx4_0/ports/1/sm_lid)\" = \"\$(cat /sys/class/infiniband/mlx4_0/ports/1/lid)\" ]; }
show 60 opensm -B -p 15
wait_for 60 'opensm is master' own
show 20 sminfo
wait_for 60 'opensm knows the node' eval 'saquery -N | grep -q lego-1'
$find_node
$reach
$see
the_end"
      says 'DISCONNECT' 3 'rping clients served';;
  esac
  no_more_cards
done
finish
