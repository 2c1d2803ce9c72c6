# Runs in a guest, before a script's own steps. Each step prints "STEP status what"; one that fails shows its output.
step() { # step LIMIT_S COMMAND...
  limit=$1; shift
  timeout "$((limit * PATIENCE))" "$@" > /tmp/step.out 2>&1; status=$?
  [ $status = 0 ] || cat /tmp/step.out
  echo "STEP $status $*"
}
show() { # as step, and shows the output
  limit=$1; shift
  echo "== $*"
  timeout "$((limit * PATIENCE))" "$@" > /tmp/step.out 2>&1; status=$?
  cat /tmp/step.out
  echo "STEP $status $*"
}
call() { # as show, for the client of a server on the other guest, which may not listen yet
  echo "== $*"
  tries=0
  until timeout "$((60 * PATIENCE))" "$@" > /tmp/step.out 2>&1; do
    status=$?; tries=$((tries + 1))
    [ $tries -ge 40 ] && { cat /tmp/step.out; echo "STEP $status $*"; return; }
    sleep 0.3
  done
  cat /tmp/step.out
  echo "STEP 0 $*"
}
wait_for() { # wait_for SECONDS WHAT COMMAND...
  left=$(($1 * 2 * PATIENCE)); what=$2; shift 2
  until "$@" > /dev/null 2>&1; do
    left=$((left - 1)); [ $left -le 0 ] && { echo "STEP 1 $what"; return 1; }
    sleep 0.5
  done
  echo "STEP 0 $what"
}
port_is_active() { [ "$(cat /sys/class/infiniband/mlx4_0/ports/1/state)" = "4: ACTIVE" ]; }
no_complaints() { # step: the kernel's warnings and errors about the card and what stands on it
  dmesg | grep -iE 'mlx4|infiniband|ib_|rdma' | grep -iE 'warn|error|fail|unable|not supported|bug|timed out|invalid|too much|reducing' > /tmp/complaints
  dmesg -r | grep -E '^<[0-4]>' | grep -iE 'mlx4|infiniband|ib_|rdma' >> /tmp/complaints
  cat /tmp/complaints
  [ -s /tmp/complaints ] && echo "STEP 1 no complaints in dmesg" || echo "STEP 0 no complaints in dmesg"
}
the_end() { no_complaints; echo "STEP 0 the end"; }
