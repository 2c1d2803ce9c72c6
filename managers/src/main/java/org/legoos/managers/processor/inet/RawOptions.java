package org.legoos.managers.processor.inet;

import java.util.Arrays;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.socket.SocketNumbers;
import org.legoos.managers.processor.socket.SocketOptions;

/** The options of raw sockets alone (raw(7), icmp(7), ipv6(7)): IP_HDRINCL, ICMP_FILTER, ICMP6_FILTER, IPV6_CHECKSUM. Any thread. */
final class RawOptions {
    private static final int SOL_RAW = 255;
    private static final int IP_HDRINCL = 3;
    private static final int ICMP_FILTER = 1;
    private static final int ICMP6_FILTER = 1;
    private static final int IPV6_CHECKSUM = 7;
    private static final int IPV6_HDRINCL = 36;
    private static final int FILTER6_BYTES = 32;

    private final int family;
    private final int protocol;
    private volatile boolean includesHeader;
    private volatile int filter; // a bit for each type of ICMP up to 31 that is not wanted
    private volatile byte[] filter6 = new byte[FILTER6_BYTES]; // a bit for each type of ICMPv6 that is not wanted
    private volatile int checksumAt; // where IPv6's checksum is in the packets, -1 for none

    RawOptions(int family, int protocol, boolean includesHeader) {
        this.family = family;
        this.protocol = protocol;
        this.includesHeader = includesHeader;
        this.checksumAt = isIcmp6() ? Icmp.CHECKSUM : -1;
    }

    private boolean isIcmp6() {
        return family == SocketNumbers.AF_INET6 && protocol == Icmp.IPPROTO_ICMPV6;
    }

    private boolean isIcmp4() {
        return family == SocketNumbers.AF_INET && protocol == Icmp.IPPROTO_ICMP;
    }

    /** Programs send packets with their IP header. */
    boolean includesHeader() {
        return includesHeader;
    }

    int checksumAt() {
        return checksumAt;
    }

    /** Whether the filter lets an ICMP message of this type pass. */
    boolean wants(int type) {
        if (isIcmp4()) {
            return type >= Integer.SIZE || (filter >>> type & 1) == 0;
        }
        return !isIcmp6() || (Le.getInt(filter6, type / Integer.SIZE * Integer.BYTES) >>> type % Integer.SIZE & 1) == 0;
    }

    private static boolean isHeaderOption(int level, int name) {
        return level == IpOptions.IPPROTO_IP && name == IP_HDRINCL || level == IpOptions.IPPROTO_IPV6 && name == IPV6_HDRINCL;
    }

    private static boolean isChecksumOption(int level, int name) {
        return (level == IpOptions.IPPROTO_IPV6 || level == SOL_RAW) && name == IPV6_CHECKSUM;
    }

    /** Whether the option is one of these. */
    boolean has(int level, int name) {
        boolean isV6 = family == SocketNumbers.AF_INET6;
        return level == IpOptions.IPPROTO_IP && name == IP_HDRINCL && !isV6
                || isV6 && (level == IpOptions.IPPROTO_IPV6 && name == IPV6_HDRINCL || isChecksumOption(level, name))
                || level == SOL_RAW && name == ICMP_FILTER && isIcmp4()
                || level == Icmp.IPPROTO_ICMPV6 && name == ICMP6_FILTER && isIcmp6();
    }

    /** @return 0 or a negative errno */
    int set(int level, int name, byte[] value, int lengthBytes) {
        if (level == Icmp.IPPROTO_ICMPV6) {
            byte[] wanted = Arrays.copyOf(filter6, FILTER6_BYTES);
            System.arraycopy(value, 0, wanted, 0, Math.min(lengthBytes, FILTER6_BYTES));
            filter6 = wanted;
            return 0;
        }
        if (lengthBytes < (level == IpOptions.IPPROTO_IP ? 1 : Integer.BYTES) && !(level == SOL_RAW && name == ICMP_FILTER)) {
            return -Errno.EINVAL;
        }
        if (isHeaderOption(level, name)) {
            includesHeader = IntOptions.number(value, lengthBytes) != 0;
        } else if (isChecksumOption(level, name)) {
            return setChecksum(Le.getInt(value, 0));
        } else {
            byte[] wanted = SocketOptions.number(filter);
            System.arraycopy(value, 0, wanted, 0, Math.min(lengthBytes, Integer.BYTES));
            filter = Le.getInt(wanted, 0);
        }
        return 0;
    }

    private int setChecksum(int at) {
        boolean isFixed = isIcmp6(); // RFC 3542: always at its place
        if (isFixed || at > 0 && (at & 1) != 0) {
            return -Errno.EINVAL;
        }
        checksumAt = Math.max(-1, at);
        return 0;
    }

    byte[] get(int level, int name) {
        if (isHeaderOption(level, name)) {
            return SocketOptions.number(includesHeader ? 1 : 0);
        }
        if (isChecksumOption(level, name)) {
            return SocketOptions.number(checksumAt);
        }
        return level == SOL_RAW ? SocketOptions.number(filter) : filter6.clone();
    }
}
