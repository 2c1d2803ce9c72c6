package org.legoos.kernel.ib.ipoib;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.legoos.kernel.ib.ipoib.Frames.Arp;
import org.legoos.kernel.ib.ipoib.Frames.Icmp;
import org.legoos.kernel.ib.ipoib.Frames.Ipv4;

/** What a node with one IPv4 address says to a frame of IPoIB: a function of bytes. Anything may be in them. */
final class Responder {
    private static final int TIME_TO_LIVE = 64;

    private final int ip;

    Responder(int ip) {
        this.ip = ip;
    }

    /** Does the frame hold ARP for InfiniBand and IPv4? */
    static boolean isArp(byte[] frame, int length) {
        MemorySegment m = MemorySegment.ofArray(frame);
        int at = Frames.HEADER_BYTES;
        return length >= at + Arp.SIZE_BYTES && Frames.ETHER_TYPE.get(m, 0) == Frames.TYPE_ARP
                && Arp.HARDWARE_TYPE.get(m, at) == Arp.HARDWARE_INFINIBAND && Arp.PROTOCOL_TYPE.get(m, at) == Frames.TYPE_IPV4
                && Arp.HARDWARE_LENGTH.get(m, at) == LinkAddress.SIZE_BYTES && Arp.PROTOCOL_LENGTH.get(m, at) == Arp.IPV4_BYTES;
    }

    static int senderIp(byte[] arp) {
        return Arp.SENDER_IP.get(MemorySegment.ofArray(arp), Frames.HEADER_BYTES);
    }

    static LinkAddress senderLink(byte[] arp) {
        return LinkAddress.at(arp, Frames.HEADER_BYTES + Arp.SENDER_LINK);
    }

    /** Is it a request for our address? */
    boolean isForUs(byte[] arp) {
        MemorySegment m = MemorySegment.ofArray(arp);
        return Arp.OPERATION.get(m, Frames.HEADER_BYTES) == Arp.REQUEST && Arp.TARGET_IP.get(m, Frames.HEADER_BYTES) == ip;
    }

    byte[] arpReply(byte[] request, LinkAddress own) {
        byte[] reply = arp(Arp.REPLY, own, senderIp(request));
        senderLink(request).put(reply, Frames.HEADER_BYTES + Arp.TARGET_LINK);
        return reply;
    }

    byte[] arpRequest(LinkAddress own, int wanted) {
        return arp(Arp.REQUEST, own, wanted);
    }

    private byte[] arp(int operation, LinkAddress own, int target) {
        byte[] frame = new byte[Frames.HEADER_BYTES + Arp.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(frame);
        int at = Frames.HEADER_BYTES;
        Frames.ETHER_TYPE.set(m, 0, Frames.TYPE_ARP);
        Arp.HARDWARE_TYPE.set(m, at, Arp.HARDWARE_INFINIBAND);
        Arp.PROTOCOL_TYPE.set(m, at, Frames.TYPE_IPV4);
        Arp.HARDWARE_LENGTH.set(m, at, LinkAddress.SIZE_BYTES);
        Arp.PROTOCOL_LENGTH.set(m, at, Arp.IPV4_BYTES);
        Arp.OPERATION.set(m, at, operation);
        own.put(frame, at + Arp.SENDER_LINK);
        Arp.SENDER_IP.set(m, at, ip);
        Arp.TARGET_IP.set(m, at, target);
        return frame;
    }

    /** The answer to a ping; null for what is none, or not for us, or broken, or in fragments. */
    byte[] echoReply(byte[] frame, int length) {
        MemorySegment m = MemorySegment.ofArray(frame);
        int at = Frames.HEADER_BYTES;
        if (length < at + Ipv4.SIZE_BYTES + Icmp.SIZE_BYTES || Frames.ETHER_TYPE.get(m, 0) != Frames.TYPE_IPV4) {
            return null;
        }
        int headerBytes = Ipv4.HEADER_WORDS.get(m, at) * Integer.BYTES;
        int total = Ipv4.TOTAL_LENGTH.get(m, at);
        boolean isWhole = Ipv4.VERSION.get(m, at) == 4 && headerBytes >= Ipv4.SIZE_BYTES && total >= headerBytes + Icmp.SIZE_BYTES
                && at + total <= length && InternetChecksum.of(frame, at, headerBytes, 0) == 0 && Ipv4.FRAGMENT.get(m, at) == 0;
        if (!isWhole || Ipv4.DESTINATION.get(m, at) != ip || Ipv4.PROTOCOL.get(m, at) != Ipv4.PROTOCOL_ICMP) {
            return null;
        }
        int icmp = at + headerBytes;
        int icmpBytes = total - headerBytes;
        if (Icmp.TYPE.get(m, icmp) != Icmp.ECHO_REQUEST || InternetChecksum.of(frame, icmp, icmpBytes, 0) != 0) {
            return null;
        }
        byte[] reply = Arrays.copyOf(frame, at + Ipv4.SIZE_BYTES + icmpBytes); // options do not come back
        System.arraycopy(frame, icmp, reply, at + Ipv4.SIZE_BYTES, icmpBytes);
        MemorySegment r = MemorySegment.ofArray(reply);
        Ipv4.HEADER_WORDS.set(r, at, Ipv4.SIZE_BYTES / Integer.BYTES);
        Ipv4.TOTAL_LENGTH.set(r, at, Ipv4.SIZE_BYTES + icmpBytes);
        Ipv4.TIME_TO_LIVE.set(r, at, TIME_TO_LIVE);
        Ipv4.SOURCE.set(r, at, ip);
        Ipv4.DESTINATION.set(r, at, Ipv4.SOURCE.get(m, at));
        Ipv4.CHECKSUM.set(r, at, 0);
        Ipv4.CHECKSUM.set(r, at, InternetChecksum.of(reply, at, Ipv4.SIZE_BYTES, 0));
        Icmp.TYPE.set(r, at + Ipv4.SIZE_BYTES, Icmp.ECHO_REPLY);
        Icmp.CHECKSUM.set(r, at + Ipv4.SIZE_BYTES, 0);
        Icmp.CHECKSUM.set(r, at + Ipv4.SIZE_BYTES, InternetChecksum.of(reply, at + Ipv4.SIZE_BYTES, icmpBytes, 0));
        return reply;
    }
}
