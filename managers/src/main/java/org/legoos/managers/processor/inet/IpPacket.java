package org.legoos.managers.processor.inet;

/**
 * An IP packet on its way inside the node.
 *
 * @param header the program's own with options (IP_HDRINCL), in front of the payload; null: made of the other fields
 * @param payload what follows the IP header
 */
record IpPacket(IpAddress from, IpAddress to, int protocol, int timeToLive, int typeOfService, byte[] header, byte[] payload) {
    IpPacket(IpAddress from, IpAddress to, int protocol, int timeToLive, byte[] payload) {
        this(from, to, protocol, timeToLive, 0, null, payload);
    }
}
