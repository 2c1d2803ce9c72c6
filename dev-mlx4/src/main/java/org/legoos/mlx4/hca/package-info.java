/**
 * The ConnectX-3 as a PCI device: registers, command interface, memory translation, queues. It knows nothing of the
 * driver that runs it, and believes nothing that the driver's memory says.
 *
 * <p>One {@link org.legoos.mlx4.hca.Hca} is one agent: register writes and packets leave work behind and signal it, and
 * all state but a few plainly marked words is touched only while it runs, so there are no locks.
 */
package org.legoos.mlx4.hca;
