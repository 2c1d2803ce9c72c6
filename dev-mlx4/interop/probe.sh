#!/usr/bin/env bash
# One guest, its card behind a PCIe root port: probe without a complaint, unload and load again, function reset, and
# (IOMMU=1) a virtual IOMMU that maps memory page by page, (PORTS=2) two ports,
# (INTX=1) interrupts by the pin,
# (DMA=messages) memory that is not passed as descriptors, so that the card asks QEMU for each access.
set -u; . "$(dirname "$0")/lib.sh"
steps='wait_for 20 "port ACTIVE" port_is_active
show 10 ibv_devinfo -v
show 10 lspci -vvv -s 01:00.0
show 10 grep mlx4 /proc/interrupts
no_complaints
ibv_rc_pingpong -d mlx4_0 -n 50 > /dev/null & sleep 2
show 30 ibv_rc_pingpong -d mlx4_0 -n 50 127.0.0.1
wait
step 30 modprobe -r mlx4_ib
step 30 modprobe -r mlx4_core
step 30 modprobe mlx4_core
step 30 modprobe mlx4_ib
wait_for 20 "port ACTIVE again" port_is_active
show 10 ibv_devinfo
the_end'
root_port="-device pcie-root-port,id=rp1,chassis=1,addr=04.0"
cards probe 1 ${PORTS:+--ports $PORTS}
[ "${DMA:-}" = messages ] && export MEMSHARE=none
iommu=()
[ -n "${IOMMU:-}" ] && iommu=(-q '-device intel-iommu,intremap=on,caching-mode=on' -a 'intel_iommu=on iommu.strict=1')
intx=()
[ -n "${INTX:-}" ] && intx=(-a mlx4_core.msi_x=0)
CARDS=probe DEVICE=',"bus":"rp1"' guest probe 1 120 "$steps" -q "$root_port" ${iommu[@]+"${iommu[@]}"} ${intx[@]+"${intx[@]}"}
check probe
finish
