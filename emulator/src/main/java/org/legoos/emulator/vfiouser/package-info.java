/**
 * A vfio-user server (QEMU docs/interop/vfio-user.rst): shows a PCI function of ours to a virtual machine in another
 * process, which drives it as if it were in a slot of its own. {@code lego hca} is the command.
 */
package org.legoos.emulator.vfiouser;
