/**
 * Subnet administration (IBA 15): what hosts ask a subnet manager for. The query match by component mask; tables longer than a
 * datagram by the reliable multi-packet protocol (IBA 13.6); groups, services, subscriptions. Layouts: {@code prm.mad}.
 */
package org.legoos.mlx4.sa;
