package org.legoos.managers.processor.inet;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.fs.PseudoNode;
import org.legoos.managers.processor.socket.SocketNumbers;
import org.legoos.managers.processor.socket.SocketOptions;

/** /proc/net, /proc/sys/net and /sys/class/net, in the formats of proc(5) and Documentation/networking of Linux. */
public final class NetFiles {
    private static final String SOCKETS_HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String SOCKETS6_HEADER = "  sl  local_address                         remote_address                        st"
            + " tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final int DEFAULT_ROUTE_FLAGS = 3; // RTF_UP | RTF_GATEWAY

    private NetFiles() {}

    private static PseudoNode text(Supplier<String> content) {
        return PseudoNode.text(t -> content.get());
    }

    /** A directory that is made when somebody looks into it: start-up pays nothing for it. */
    private static final class OnDemand implements PseudoNode.Directory {
        private final Supplier<PseudoNode.Fixed> maker;
        private volatile PseudoNode.Fixed made;

        OnDemand(Supplier<PseudoNode.Fixed> maker) {
            this.maker = maker;
        }

        private PseudoNode.Fixed made() {
            PseudoNode.Fixed there = made;
            if (there == null) {
                there = maker.get();
                made = there;
            }
            return there;
        }

        @Override
        public PseudoNode lookup(UserThread t, String name) {
            return made().lookup(t, name);
        }

        @Override
        public Collection<String> names(UserThread t) {
            return made().names(t);
        }
    }

    /** @param stack supplied when a file is opened: the network is made after the name space */
    public static void addToProc(PseudoNode.Fixed proc, Supplier<InetStack> stack) {
        proc.put("net", new OnDemand(() -> state(stack)));
        proc.putAt("sys/net", new OnDemand(NetFiles::settings));
    }

    public static void addToSys(PseudoNode.Fixed sys, Supplier<InetStack> stack) {
        sys.putAt("class/net", new OnDemand(() -> links(stack)));
    }

    private static PseudoNode.Fixed state(Supplier<InetStack> stack) {
        PseudoNode.Fixed proc = new PseudoNode.Fixed();
        proc.put("dev", text(() -> devices(stack.get())));
        proc.put("tcp", text(() -> sockets(stack.get().tcpPorts(), false)));
        proc.put("tcp6", text(() -> sockets(stack.get().tcpPorts(), true)));
        proc.put("udp", text(() -> sockets(stack.get().udpPorts(), false)));
        proc.put("udp6", text(() -> sockets(stack.get().udpPorts(), true)));
        proc.put("udplite", text(() -> sockets(stack.get().udpLitePorts(), false)));
        proc.put("udplite6", text(() -> sockets(stack.get().udpLitePorts(), true)));
        proc.put("raw", text(() -> sockets(stack.get().raw().sockets(), false)));
        proc.put("raw6", text(() -> sockets(stack.get().raw().sockets(), true)));
        proc.put("icmp", text(() -> sockets(stack.get().raw().identifiers(), false)));
        proc.put("icmp6", text(() -> sockets(stack.get().raw().identifiers(), true)));
        proc.put("route", text(() -> routes(stack.get())));
        proc.put("if_inet6", text(() -> inet6(stack.get())));
        proc.put("igmp", text(() -> GroupFiles.igmp(stack.get().interfaces())));
        proc.put("igmp6", text(() -> GroupFiles.igmp6(stack.get().interfaces())));
        proc.put("snmp", text(() -> statistics(stack.get().counters())));
        proc.put("arp", text(() -> "IP address       HW type     Flags       HW address            Mask     Device\n"));
        return proc;
    }

    private static PseudoNode.Fixed settings() {
        PseudoNode.Fixed proc = new PseudoNode.Fixed();
        number(proc, "core/somaxconn", TcpListener.BACKLOG_MAX);
        for (String direction : new String[] {"rmem", "wmem"}) {
            number(proc, "core/" + direction + "_default", SocketOptions.BUFFER_BYTES);
            number(proc, "core/" + direction + "_max", SocketOptions.BUFFER_BYTES);
        }
        number(proc, "ipv4/tcp_max_syn_backlog", TcpListener.BACKLOG_MAX);
        number(proc, "ipv4/ip_unprivileged_port_start", InetSocket.PRIVILEGED_PORTS);
        number(proc, "ipv4/tcp_fin_timeout", 60);
        number(proc, "ipv4/ip_forward", 0);
        number(proc, "ipv6/conf/all/disable_ipv6", 0);
        number(proc, "ipv6/bindv6only", 0);
        proc.putAt("ipv4/ip_local_port_range",
                text(() -> PortTable.EPHEMERAL_FIRST + "\t" + PortTable.EPHEMERAL_LAST + "\n"));
        proc.putAt("ipv4/ping_group_range", new PseudoNode.Text(0644, t -> Program.bytes(t.process().manager().sysctls().pingGroups()),
                (t, bytes) -> t.process().manager().sysctls().setPingGroups(t, bytes)));
        proc.putAt("ipv4/tcp_congestion_control", text(() -> "cubic\n"));
        return proc;
    }

    private static void number(PseudoNode.Fixed proc, String name, int value) {
        proc.putAt(name, text(() -> value + "\n"));
    }

    private static PseudoNode.Fixed links(Supplier<InetStack> stack) {
        PseudoNode.Fixed sys = new PseudoNode.Fixed();
        for (Interfaces.Interface link : new Interfaces(0).all()) {
            String at = link.name() + "/";
            Function<Function<Interfaces.Interface, Object>, PseudoNode> one =
                    what -> text(() -> what.apply(stack.get().interfaces().find(link.index())) + "\n");
            sys.putAt(at + "address", one.apply(found -> hardware(found.hardwareAddress())));
            sys.putAt(at + "mtu", one.apply(Interfaces.Interface::mtuBytes));
            sys.putAt(at + "ifindex", one.apply(Interfaces.Interface::index));
            sys.putAt(at + "iflink", one.apply(Interfaces.Interface::index));
            sys.putAt(at + "type", one.apply(Interfaces.Interface::type));
            sys.putAt(at + "flags", one.apply(found -> "0x" + Integer.toHexString(found.flags() & 0xffff)));
            sys.putAt(at + "operstate", one.apply(found -> isLoopback(found) ? "unknown" : "up"));
            sys.putAt(at + "carrier", one.apply(found -> 1));
            sys.putAt(at + "addr_len", one.apply(found -> found.hardwareAddress().length));
            sys.putAt(at + "tx_queue_len", one.apply(found -> 1000));
            sys.putAt(at + "statistics/rx_bytes", one.apply(found -> traffic(stack.get(), found).receivedBytes.sum()));
            sys.putAt(at + "statistics/tx_bytes", one.apply(found -> traffic(stack.get(), found).sentBytes.sum()));
            sys.putAt(at + "statistics/rx_packets", one.apply(found -> traffic(stack.get(), found).receivedPackets.sum()));
            sys.putAt(at + "statistics/tx_packets", one.apply(found -> traffic(stack.get(), found).sentPackets.sum()));
        }
        return sys;
    }

    private static boolean isLoopback(Interfaces.Interface link) {
        return (link.flags() & Interfaces.IFF_LOOPBACK) != 0;
    }

    private static String hardware(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (byte part : address) {
            text.append(text.isEmpty() ? "" : ":").append(String.format("%02x", part & 0xff));
        }
        return text.toString();
    }

    private static InetCounters.Traffic traffic(InetStack stack, Interfaces.Interface link) {
        return isLoopback(link) ? stack.counters().loopback : stack.counters().ethernet;
    }

    private static String devices(InetStack stack) {
        StringBuilder text = new StringBuilder("Inter-|   Receive                                                |  Transmit\n"
                + " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n");
        for (Interfaces.Interface link : stack.interfaces().all()) {
            InetCounters.Traffic traffic = traffic(stack, link);
            text.append(String.format(Locale.ROOT, "%6s: %7d %7d    0    0    0     0          0         0 %8d %7d    0    0    0     0       0          0%n",
                    link.name(), traffic.receivedBytes.sum(), traffic.receivedPackets.sum(), traffic.sentBytes.sum(), traffic.sentPackets.sum()));
        }
        return text.toString();
    }

    private static String sockets(PortTable ports, boolean isV6) {
        return sockets(ports.all(), isV6);
    }

    private static String sockets(List<? extends InetSocket> all, boolean isV6) {
        StringBuilder text = new StringBuilder(isV6 ? SOCKETS6_HEADER : SOCKETS_HEADER);
        int line = 0;
        for (InetSocket socket : all) {
            boolean isSix = socket.family() == SocketNumbers.AF_INET6;
            if (isSix != isV6) {
                continue;
            }
            Endpoint remote = socket.remote() == null ? new Endpoint(socket.any(), 0) : socket.remote();
            text.append(String.format(Locale.ROOT, "%4d: %s %s %02X 00000000:%08X 00:00000000 00000000 %5d        0 %d 1 0000000000000000 100 0 0 10 0%n",
                    line++, hex(socket.local(), isV6), hex(remote, isV6), socket.stateNumber(), socket.receiveQueueBytes(),
                    socket.owner(), socket.ino()));
        }
        return text.toString();
    }

    /** As the kernel prints them: 32-bit words of network order read as little-endian numbers. */
    private static String hex(Endpoint endpoint, boolean isV6) {
        byte[] bytes = new byte[isV6 ? 16 : 4];
        if (isV6) {
            endpoint.address().put6(bytes, 0);
        } else {
            endpoint.address().put4(bytes, 0);
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += Integer.BYTES) {
            text.append(String.format("%08X", Le.getInt(bytes, at)));
        }
        return text.append(String.format(":%04X", endpoint.port())).toString();
    }

    private static String routes(InetStack stack) {
        StringBuilder text = new StringBuilder("Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n");
        Interfaces.Interface ethernet = stack.interfaces().ethernet();
        Interfaces.Assigned own = ethernet.addresses().get(0);
        if (stack.host().isReachable(Interfaces.GATEWAY)) {
            text.append(route(ethernet.name(), 0, Interfaces.GATEWAY.v4(), DEFAULT_ROUTE_FLAGS, 0));
        }
        return text.append(route(ethernet.name(), own.address().v4() & own.netmask(), 0, 1, own.netmask())).toString();
    }

    private static String route(String name, int destination, int gateway, int flags, int mask) {
        return String.format(Locale.ROOT, "%s\t%08X\t%08X\t%04X\t0\t0\t0\t%08X\t0\t0\t0%n", name, Integer.reverseBytes(destination),
                Integer.reverseBytes(gateway), flags, Integer.reverseBytes(mask));
    }

    private static String inet6(InetStack stack) {
        StringBuilder text = new StringBuilder();
        for (Interfaces.Interface link : stack.interfaces().all()) {
            for (Interfaces.Assigned assigned : link.addresses()) {
                if (!assigned.address().isV4()) {
                    String address = String.format("%016x%016x", assigned.address().high(), assigned.address().low());
                    text.append(String.format(Locale.ROOT, "%s %02x %02x %02x 80 %8s%n", address, link.index(), assigned.prefixBits(),
                            isLoopback(link) ? 0x10 : 0, link.name()));
                }
            }
        }
        return text.toString();
    }

    /** The columns that are counted; what only segments could fill is 0. */
    private static String statistics(InetCounters counters) {
        return "Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets\n"
                + "Tcp: 1 200 120000 -1 " + counters.activeOpens.sum() + " " + counters.passiveOpens.sum() + " "
                + counters.failedAttempts.sum() + " 0\n"
                + "Udp: InErrors RcvbufErrors\nUdp: 0 " + counters.datagramsDropped.sum() + "\n";
    }
}
