package org.legoos.managers.processor.inet;

import java.util.List;

/**
 * The network interfaces that programs of a node see: lo, and eth0 with the node's own address on a private network
 * whose gateway is the host. All local addresses are reached inside the node.
 */
public final class Interfaces {
    /**
     * An address of an interface.
     *
     * @param prefixBits of its network
     */
    public record Assigned(IpAddress address, int prefixBits) {
        /** The network's broadcast address (IPv4). */
        public IpAddress broadcast() {
            return IpAddress.v4(address.v4() | ~netmask());
        }

        /** As a number (IPv4). */
        public int netmask() {
            return prefixBits == 0 ? 0 : -1 << Integer.SIZE - prefixBits;
        }

        boolean contains(IpAddress other) {
            if (address.isV4() || other.isV4()) {
                return address.isV4() && other.isV4() && ((address.v4() ^ other.v4()) & netmask()) == 0;
            }
            return prefixBits == Long.SIZE ? address.high() == other.high() : address.equals(other);
        }
    }

    /**
     * An interface.
     *
     * @param index as if_nametoindex(3) gives it
     * @param hardwareAddress 6 bytes
     * @param flags IFF_* of netdevice(7)
     * @param type ARPHRD_*
     */
    public record Interface(int index, String name, byte[] hardwareAddress, int mtuBytes, int flags, int type, List<Assigned> addresses) {}

    public static final int IFF_UP = 1;
    public static final int IFF_BROADCAST = 2;
    public static final int IFF_LOOPBACK = 8;
    public static final int IFF_RUNNING = 0x40;
    public static final int IFF_MULTICAST = 0x1000;
    public static final int IFF_LOWER_UP = 0x10000;

    public static final int ARPHRD_ETHER = 1;
    public static final int ARPHRD_LOOPBACK = 772;

    private static final int LOOPBACK_MTU_BYTES = 65536;
    private static final int ETHERNET_MTU_BYTES = 1500;
    private static final int NODE_NET = 0x0a000200; // 10.0.2.0/24
    private static final int GATEWAY_HOST = 2;
    private static final int FIRST_HOST = 15;
    private static final long NODE_NET6 = 0xfd00_1e60_0000_0000L; // fd00:1e60::/64, unique local
    private static final int HOSTS = 200;

    /** Who the host is for the node's programs. */
    public static final IpAddress GATEWAY = IpAddress.v4(NODE_NET | GATEWAY_HOST);

    private final Interface loopback;
    private final Interface ethernet;

    /** @param nodeNumber tells the nodes of a cluster apart, from 0 */
    public Interfaces(int nodeNumber) {
        int host = FIRST_HOST + Math.floorMod(nodeNumber, HOSTS);
        loopback = new Interface(1, "lo", new byte[6], LOOPBACK_MTU_BYTES, IFF_UP | IFF_LOOPBACK | IFF_RUNNING | IFF_LOWER_UP,
                ARPHRD_LOOPBACK, List.of(new Assigned(IpAddress.LOOPBACK4, 8), new Assigned(IpAddress.LOOPBACK6, 128)));
        ethernet = new Interface(2, "eth0", new byte[] {0x52, 0x54, 0, 0x1e, 0x60, (byte) host}, ETHERNET_MTU_BYTES,
                IFF_UP | IFF_BROADCAST | IFF_RUNNING | IFF_MULTICAST | IFF_LOWER_UP, ARPHRD_ETHER,
                List.of(new Assigned(IpAddress.v4(NODE_NET | host), 24), new Assigned(new IpAddress(NODE_NET6, host), 64)));
    }

    public List<Interface> all() {
        return List.of(loopback, ethernet);
    }

    public Interface ethernet() {
        return ethernet;
    }

    /** The interface of an index, or null. */
    public Interface find(int index) {
        return index == loopback.index() ? loopback : index == ethernet.index() ? ethernet : null;
    }

    public Interface find(String name) {
        return name.equals(loopback.name()) ? loopback : name.equals(ethernet.name()) ? ethernet : null;
    }

    /** The node's own IPv4 address. */
    public IpAddress own4() {
        return ethernet.addresses().get(0).address();
    }

    public IpAddress own6() {
        return ethernet.addresses().get(1).address();
    }

    /** Whether packets to it stay in the node. */
    public boolean isLocal(IpAddress address) {
        return address.isLoopback() || address.isAny() || address.equals(own4()) || address.equals(own6());
    }

    /** 255.255.255.255 or an interface's own. */
    public boolean isBroadcast(IpAddress address) {
        return address.equals(IpAddress.BROADCAST4)
                || address.isV4() && address.equals(ethernet.addresses().get(0).broadcast());
    }

    /** The source address of what goes to {@code destination}. */
    public IpAddress sourceFor(IpAddress destination) {
        if (isLocal(destination)) {
            return destination.isAny() ? destination.isV4() ? IpAddress.LOOPBACK4 : IpAddress.LOOPBACK6 : destination;
        }
        return destination.isV4() ? own4() : own6();
    }

    /** The interface by which {@code address} is reached. */
    public Interface towards(IpAddress address) {
        return address.isLoopback() || address.isAny() ? loopback : ethernet;
    }
}
