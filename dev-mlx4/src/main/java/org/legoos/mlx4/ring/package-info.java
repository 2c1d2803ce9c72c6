/**
 * The wire between processes of one host: a ring of packets in memory that they share, one for each direction. It carries
 * what a RoCE v2 datagram would, from the BTH to the pad; there is no ICRC, for memory does not flip bits.
 */
package org.legoos.mlx4.ring;
