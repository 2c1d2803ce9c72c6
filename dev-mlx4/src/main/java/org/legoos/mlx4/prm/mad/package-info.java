/**
 * Formats of management datagrams behind the common header ({@link org.legoos.mlx4.prm.Mad}): subnet administration and its records
 * (IBA 15), the connection manager's messages (IBA 12) and what RDMA-CM puts into them (annex A11), OpenIB's ping. The built-in
 * manager, the card and the driver's side of a node read and write through the same descriptions.
 */
package org.legoos.mlx4.prm.mad;
