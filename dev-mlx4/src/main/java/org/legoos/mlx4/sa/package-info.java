/**
 * Subnet administration (IBA 15): what hosts ask a subnet manager for, as bytes. Layouts of the records, described once; the
 * query match by component mask; tables longer than a datagram by the reliable multi-packet protocol (IBA 13.6).
 */
package org.legoos.mlx4.sa;
