#!/usr/bin/env bash
# Every interop script in turn; needs root and some minutes.
cd "$(dirname "$0")" || exit 1
failed=0
for script in ibsim probe pingpong perftest management administration handover cluster node node-cm rxe; do
  echo "=== $script"; "./$script.sh" || [ $? = 77 ] || failed=$((failed + 1))
done
echo "=== probe, DMA by messages"; DMA=messages ./probe.sh || failed=$((failed + 1))
echo "=== probe, virtual IOMMU"; IOMMU=1 ./probe.sh || failed=$((failed + 1))
echo "=== probe, two ports"; PORTS=2 ./probe.sh || failed=$((failed + 1))
echo "=== probe, interrupts by the pin"; INTX=1 ./probe.sh || failed=$((failed + 1))
[ $failed = 0 ] && echo "interop: all good" || echo "interop: $failed scripts failed"
exit $((failed > 0))
