package org.legoos.managers.processor.inet;

import java.util.LinkedHashSet;
import java.util.Set;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.inet.IntOptions.Known;
import org.legoos.managers.processor.socket.SocketOptions;

/** Options of levels IPPROTO_IP (ip(7)) and IPPROTO_IPV6 (ipv6(7)), with the multicast groups. Thread-safe. */
final class IpOptions {
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_IPV6 = 41;

    static final int IP_TOS = 1;
    static final int IP_TTL = 2;
    private static final int IP_OPTIONS = 4;
    private static final int IP_RECVOPTS = 6;
    private static final int IP_RETOPTS = 7;
    static final int IP_PKTINFO = 8;
    static final int IP_RECVERR = 11;
    static final int IP_RECVTTL = 12;
    static final int IP_RECVTOS = 13;
    private static final int IP_MTU_DISCOVER = 10;
    static final int IP_MTU = 14;
    private static final int IP_FREEBIND = 15;
    private static final int IP_RECVORIGDSTADDR = 20;
    private static final int IP_MINTTL = 21;
    private static final int IP_BIND_ADDRESS_NO_PORT = 24;
    static final int IP_MULTICAST_IF = 32;
    static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_ADD_MEMBERSHIP = 35;
    private static final int IP_DROP_MEMBERSHIP = 36;
    private static final int MCAST_JOIN_GROUP = 42;
    private static final int MCAST_LEAVE_GROUP = 45;
    private static final int IP_MULTICAST_ALL = 49;

    static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_RECVHOPLIMIT = 51;
    static final int IPV6_HOPLIMIT = 52;
    static final int IPV6_RECVTCLASS = 66;
    static final int IPV6_TCLASS = 67;
    static final int IPV6_RECVERR = 25;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MULTICAST_IF = 17;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_ADD_MEMBERSHIP = 20;
    private static final int IPV6_DROP_MEMBERSHIP = 21;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_MTU = 24;
    private static final int IPV6_DONTFRAG = 62;
    private static final int IPV6_FREEBIND = 78;

    private static final int BYTE_MAX = 255;
    static final int DEFAULT_TTL = 64;
    private static final int PMTU_MAX = 5;
    private static final int LOOPBACK_MTU = 65536;
    private static final int GROUPS_MAX = 20; // net.ipv4.igmp_max_memberships
    private static final int GROUP_REQ_BYTES = 136;
    private static final int GROUP_REQ_ADDRESS = 8;
    private static final int MREQ_BYTES = 8;
    private static final int MREQ6_BYTES = 20;

    private final IntOptions v4 = new IntOptions(new Known(IP_TOS, 0, 0, BYTE_MAX), new Known(IP_TTL, DEFAULT_TTL, -1, BYTE_MAX),
            Known.flag(IP_PKTINFO), Known.flag(IP_RECVOPTS), Known.flag(IP_RETOPTS),
            new Known(IP_MTU_DISCOVER, 1, 0, PMTU_MAX), Known.flag(IP_RECVERR), Known.flag(IP_RECVTTL),
            Known.flag(IP_RECVTOS), Known.flag(IP_FREEBIND), Known.flag(IP_RECVORIGDSTADDR),
            new Known(IP_MINTTL, 0, 0, BYTE_MAX), Known.flag(IP_BIND_ADDRESS_NO_PORT),
            new Known(IP_MULTICAST_TTL, 1, -1, BYTE_MAX), new Known(IP_MULTICAST_LOOP, 1, 0, 1), new Known(IP_MULTICAST_ALL, 1, 0, 1));
    private final IntOptions v6 = new IntOptions(Known.flag(IPV6_RECVPKTINFO), Known.flag(IPV6_RECVHOPLIMIT),
            Known.flag(IPV6_RECVTCLASS), new Known(IPV6_TCLASS, 0, -1, BYTE_MAX), Known.flag(IPV6_RECVERR), Known.flag(IPV6_V6ONLY),
            new Known(IPV6_UNICAST_HOPS, DEFAULT_TTL, -1, BYTE_MAX), new Known(IPV6_MULTICAST_IF, 0, 0, 2),
            new Known(IPV6_MULTICAST_HOPS, 1, -1, BYTE_MAX), new Known(IPV6_MULTICAST_LOOP, 1, 0, 1),
            new Known(IPV6_MTU_DISCOVER, 1, 0, PMTU_MAX), new Known(IPV6_MTU, LOOPBACK_MTU, 0, LOOPBACK_MTU),
            Known.flag(IPV6_DONTFRAG), Known.flag(IPV6_FREEBIND));
    private final boolean isV6;
    private final Set<IpAddress> groups = new LinkedHashSet<>(); // guarded by this
    private volatile int multicastInterface; // IPv4 address of it, as a number

    IpOptions(boolean isV6) {
        this.isV6 = isV6;
    }

    boolean isV6Only() {
        return isV6 && v6.isOn(IPV6_V6ONLY);
    }

    boolean isFreeBind() {
        return v4.isOn(IP_FREEBIND) || v6.isOn(IPV6_FREEBIND);
    }

    boolean isOn4(int name) {
        return v4.isOn(name);
    }

    /** IP_RECVERR, IPV6_RECVERR: errors of packets are queued. */
    boolean queuesErrors(boolean isV4) {
        return isV4 ? v4.isOn(IP_RECVERR) : v6.isOn(IPV6_RECVERR);
    }

    boolean isOn6(int name) {
        return isV6 && v6.isOn(name);
    }

    /** What packets to an address carry; IPV6_TCLASS for IPv6. */
    int typeOfService(IpAddress to) {
        return to.isV4() ? v4.get(IP_TOS) : Math.max(0, v6.get(IPV6_TCLASS));
    }

    /** What packets to an address carry; the hop limit for IPv6. */
    int timeToLive(IpAddress to) {
        if (to.isMulticast()) {
            return Math.abs(to.isV4() ? v4.get(IP_MULTICAST_TTL) : v6.get(IPV6_MULTICAST_HOPS)); // -1: one hop
        }
        int set = to.isV4() ? v4.get(IP_TTL) : v6.get(IPV6_UNICAST_HOPS);
        return set < 0 ? DEFAULT_TTL : set;
    }

    boolean loopsMulticast(boolean isV4) {
        return isV4 ? v4.isOn(IP_MULTICAST_LOOP) : v6.isOn(IPV6_MULTICAST_LOOP);
    }

    /** IP_MULTICAST_ALL: a socket hears also groups that only others joined. */
    boolean hearsAllGroups() {
        return v4.isOn(IP_MULTICAST_ALL);
    }

    synchronized boolean isMember(IpAddress group) {
        return groups.contains(group);
    }

    void copyFrom(IpOptions listener) {
        v4.copyFrom(listener.v4);
        v6.copyFrom(listener.v6);
    }

    /** @param isBound IPV6_V6ONLY cannot change any more. @return 0, a negative errno, -ENOPROTOOPT */
    int set(int level, int name, byte[] value, int lengthBytes, boolean isBound, Interfaces interfaces) {
        if (level == IPPROTO_IP && name == IP_OPTIONS && lengthBytes == 0) {
            return 0; // takes away what there never is
        }
        if (lengthBytes < 1) {
            return -Errno.EINVAL;
        }
        if (level == IPPROTO_IP) {
            return switch (name) {
                case IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP -> membership4(name == IP_ADD_MEMBERSHIP, value, lengthBytes, interfaces);
                case IP_MULTICAST_IF -> setInterface(value, lengthBytes, interfaces);
                case MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP -> groupRequest(name == MCAST_JOIN_GROUP, value, lengthBytes);
                case IP_TTL -> IntOptions.number(value, lengthBytes) == 0 ? -Errno.EINVAL
                        : v4.set(name, IntOptions.number(value, lengthBytes));
                case IP_TOS -> v4.set(name, IntOptions.number(value, lengthBytes) & BYTE_MAX);
                default -> v4.set(name, IntOptions.number(value, lengthBytes));
            };
        }
        if (!isV6) {
            return -Errno.ENOPROTOOPT;
        }
        if (name == IPV6_V6ONLY && isBound) {
            return -Errno.EINVAL;
        }
        return switch (name) {
            case IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP -> lengthBytes < MREQ6_BYTES ? -Errno.EINVAL
                    : membership(name == IPV6_ADD_MEMBERSHIP, IpAddress.of(value, 0, 16), false);
            case MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP -> groupRequest(name == MCAST_JOIN_GROUP, value, lengthBytes);
            default -> lengthBytes < Integer.BYTES ? -Errno.EINVAL : v6.set(name, Le.getInt(value, 0));
        };
    }

    /** @return the value, or null: ENOPROTOOPT */
    byte[] get(int level, int name) {
        if (level == IPPROTO_IP) {
            if (name == IP_MULTICAST_IF) {
                return IpAddress.v4(multicastInterface).bytes();
            }
            if (name == IP_MTU) {
                return SocketOptions.number(LOOPBACK_MTU);
            }
            return v4.has(name) ? SocketOptions.number(name == IP_TTL && v4.get(name) < 0 ? DEFAULT_TTL : v4.get(name)) : null;
        }
        return isV6 && v6.has(name) ? SocketOptions.number(v6.get(name)) : null;
    }

    /** struct ip_mreq: group and the interface's address; struct ip_mreqn: an index behind. */
    private int membership4(boolean isJoin, byte[] value, int lengthBytes, Interfaces interfaces) {
        if (lengthBytes < MREQ_BYTES) {
            return -Errno.EINVAL;
        }
        IpAddress by = IpAddress.of(value, Integer.BYTES, Integer.BYTES);
        return !by.isAny() && !interfaces.isLocal(by) ? -Errno.ENODEV
                : membership(isJoin, IpAddress.of(value, 0, Integer.BYTES), true);
    }

    private synchronized int membership(boolean isJoin, IpAddress group, boolean isV4) {
        if (!group.isMulticast() || group.isV4() != isV4) {
            return -Errno.EINVAL;
        }
        if (!isJoin) {
            return groups.remove(group) ? 0 : -Errno.EADDRNOTAVAIL;
        }
        if (groups.size() >= GROUPS_MAX) {
            return -Errno.ENOBUFS;
        }
        return groups.add(group) ? 0 : -Errno.EADDRINUSE;
    }

    /** struct group_req: interface index, then a sockaddr_storage. */
    private int groupRequest(boolean isJoin, byte[] value, int lengthBytes) {
        if (lengthBytes < GROUP_REQ_BYTES) {
            return -Errno.EINVAL;
        }
        byte[] address = java.util.Arrays.copyOfRange(value, GROUP_REQ_ADDRESS, GROUP_REQ_BYTES);
        IpAddress group = Endpoint.parse(address, Endpoint.family(address)).address();
        return membership(isJoin, group, group.isV4());
    }

    private int setInterface(byte[] value, int lengthBytes, Interfaces interfaces) {
        if (lengthBytes < Integer.BYTES) {
            return -Errno.EINVAL;
        }
        // struct ip_mreqn and ip_mreq have the interface's address in second place; alone it is an in_addr.
        IpAddress by = IpAddress.of(value, lengthBytes >= MREQ_BYTES ? Integer.BYTES : 0, Integer.BYTES);
        if (!by.isAny() && !interfaces.isLocal(by)) {
            return -Errno.EADDRNOTAVAIL;
        }
        multicastInterface = by.v4();
        return 0;
    }
}
