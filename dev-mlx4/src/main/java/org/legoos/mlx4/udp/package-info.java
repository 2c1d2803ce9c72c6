/**
 * The wire between processes and hosts: packets in RoCE v2 format (IBA annex A17) over UDP, with Netty's epoll transport.
 * Each card has a UDP address of its own; a table tells which LID is at which address.
 */
package org.legoos.mlx4.udp;
