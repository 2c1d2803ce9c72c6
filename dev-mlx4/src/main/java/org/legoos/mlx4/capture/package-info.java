/** Captures: what passes a port, or leaves through a socket, as a pcap file that Wireshark and tshark read. */
package org.legoos.mlx4.capture;
