package org.legoos.managers.processor.netlink;

import java.util.ArrayList;
import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.inet.InetStack;
import org.legoos.managers.processor.inet.Interfaces;
import org.legoos.managers.processor.inet.IpAddress;
import org.legoos.managers.processor.socket.SocketNumbers;

/** What the kernel's side of NETLINK_ROUTE answers (rtnetlink(7)): links, addresses and routes are read, never changed. */
final class RouteAnswers {
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_REQUEST = 1;
    private static final int NLM_F_MULTI = 2;
    private static final int NLM_F_ACK = 4;
    private static final int NLM_F_DUMP = 0x300;

    private static final int RTM_BASE = 16;
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_GETADDR = 22;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_GETROUTE = 26;
    private static final int RTM_GETNEIGH = 30;
    private static final int RTM_GETRULE = 34;
    private static final int GET_KIND = 2; // the kinds come in fours: new, del, get, set

    private static final int IFINFO_BYTES = 16; // u8 family, u8, u16 type, int index, u32 flags, u32 change
    private static final int IFI_INDEX = 4;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_BROADCAST = 2;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_QDISC = 6;
    private static final int IFLA_STATS = 7;
    private static final int IFLA_TXQLEN = 13;
    private static final int IFLA_OPERSTATE = 16;
    private static final int IFLA_STATS64 = 23;
    private static final int IFLA_GROUP = 27;
    private static final int STATS_WORDS = 24; // struct rtnl_link_stats and rtnl_link_stats64
    private static final int OPERSTATE_UNKNOWN = 0;
    private static final int OPERSTATE_UP = 6;

    private static final int IFADDR_BYTES = 8; // u8 family, u8 prefix, u8 flags, u8 scope, u32 index
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_LABEL = 3;
    private static final int IFA_BROADCAST = 4;
    private static final int IFA_F_PERMANENT = 0x80;

    private static final int RTMSG_BYTES = 12; // u8 family, dst_len, src_len, tos, table, protocol, scope, type; u32 flags
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_TABLE = 15;
    private static final int RT_TABLE_MAIN = 254;
    private static final int RTPROT_KERNEL = 2;
    private static final int RTPROT_BOOT = 3;
    private static final int RTN_UNICAST = 1;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_HOST = 254;

    private final InetStack stack;
    private final NetlinkWriter out = new NetlinkWriter();
    private int sequence;
    private int port;

    RouteAnswers(InetStack stack) {
        this.stack = stack;
    }

    /** The datagrams that answer one request of {@code length} bytes at {@code at}. */
    List<byte[]> answer(byte[] request, int at, int length, int toPort) {
        sequence = Le.getInt(request, at + NetlinkWriter.SEQ);
        port = toPort;
        int type = Le.getShort(request, at + NetlinkWriter.TYPE);
        int flags = Le.getShort(request, at + NetlinkWriter.FLAGS);
        List<byte[]> answers = new ArrayList<>();
        if ((flags & NLM_F_REQUEST) == 0 || type < RTM_BASE) {
            return answers; // control messages are not answered
        }
        if ((type - RTM_BASE) % 4 != GET_KIND) {
            answers.add(error(request, at, -Errno.EPERM));
            return answers;
        }
        int family = length > NetlinkWriter.HEADER_BYTES ? request[at + NetlinkWriter.HEADER_BYTES] & 0xff : 0;
        if ((flags & NLM_F_DUMP) != 0) {
            dump(type, family, answers);
            return answers;
        }
        int index = length >= NetlinkWriter.HEADER_BYTES + 8 ? Le.getInt(request, at + NetlinkWriter.HEADER_BYTES + IFI_INDEX) : 0;
        Interfaces.Interface link = type == RTM_GETLINK ? stack.interfaces().find(index) : null;
        if (link == null) {
            answers.add(error(request, at, type == RTM_GETLINK ? -Errno.ENODEV : -Errno.EOPNOTSUPP));
            return answers;
        }
        link(link, 0);
        answers.add(out.take());
        if ((flags & NLM_F_ACK) != 0) {
            answers.add(error(request, at, 0));
        }
        return answers;
    }

    private void dump(int type, int family, List<byte[]> answers) {
        switch (type) {
            case RTM_GETLINK -> stack.interfaces().all().forEach(link -> link(link, NLM_F_MULTI));
            case RTM_GETADDR -> stack.interfaces().all().forEach(link -> addresses(link, family));
            case RTM_GETROUTE -> routes(family);
            case RTM_GETNEIGH, RTM_GETRULE -> {} // there are none
            default -> {}
        }
        if (out.size() > 0) {
            answers.add(out.take());
        }
        int at = out.begin(NLMSG_DONE, NLM_F_MULTI, sequence, port, Integer.BYTES);
        out.putInt(at, 0);
        out.end();
        answers.add(out.take());
    }

    /** struct nlmsgerr: the error, then the request's header. */
    private byte[] error(byte[] request, int at, int error) {
        int body = out.begin(NLMSG_ERROR, 0, sequence, port, Integer.BYTES + NetlinkWriter.HEADER_BYTES);
        out.putInt(body, error);
        out.putBytes(body + Integer.BYTES, request, at, NetlinkWriter.HEADER_BYTES);
        out.end();
        return out.take();
    }

    private void link(Interfaces.Interface link, int flags) {
        int at = out.begin(RTM_NEWLINK, flags, sequence, port, IFINFO_BYTES);
        boolean isLoopback = (link.flags() & Interfaces.IFF_LOOPBACK) != 0;
        out.putShort(at + 2, link.type());
        out.putInt(at + IFI_INDEX, link.index());
        out.putInt(at + 8, link.flags());
        byte[] broadcast = new byte[link.hardwareAddress().length];
        java.util.Arrays.fill(broadcast, (byte) (isLoopback ? 0 : 0xff));
        byte[] stats = new byte[STATS_WORDS * Long.BYTES];
        var traffic = isLoopback ? stack.counters().loopback : stack.counters().ethernet;
        long[] counts = {traffic.receivedPackets.sum(), traffic.sentPackets.sum(), traffic.receivedBytes.sum(), traffic.sentBytes.sum()};
        byte[] stats32 = new byte[STATS_WORDS * Integer.BYTES];
        for (int i = 0; i < counts.length; i++) {
            Le.putLong(stats, i * Long.BYTES, counts[i]);
            Le.putInt(stats32, i * Integer.BYTES, (int) counts[i]);
        }
        out.attribute(IFLA_IFNAME, link.name())
                .attribute(IFLA_TXQLEN, 1000)
                .attributeByte(IFLA_OPERSTATE, isLoopback ? OPERSTATE_UNKNOWN : OPERSTATE_UP)
                .attribute(IFLA_MTU, link.mtuBytes())
                .attribute(IFLA_GROUP, 0)
                .attribute(IFLA_QDISC, "noqueue")
                .attribute(IFLA_ADDRESS, link.hardwareAddress())
                .attribute(IFLA_BROADCAST, broadcast)
                .attribute(IFLA_STATS64, stats)
                .attribute(IFLA_STATS, stats32)
                .end();
    }

    private void addresses(Interfaces.Interface link, int family) {
        boolean isLoopback = (link.flags() & Interfaces.IFF_LOOPBACK) != 0;
        for (Interfaces.Assigned assigned : link.addresses()) {
            boolean isV4 = assigned.address().isV4();
            int own = isV4 ? SocketNumbers.AF_INET : SocketNumbers.AF_INET6;
            if (family != 0 && family != own) {
                continue;
            }
            int at = out.begin(RTM_NEWADDR, NLM_F_MULTI, sequence, port, IFADDR_BYTES);
            out.putByte(at, own);
            out.putByte(at + 1, assigned.prefixBits());
            out.putByte(at + 2, IFA_F_PERMANENT);
            out.putByte(at + 3, isLoopback ? SCOPE_HOST : SCOPE_UNIVERSE);
            out.putInt(at + 4, link.index());
            out.attribute(IFA_ADDRESS, assigned.address().bytes());
            if (isV4) {
                out.attribute(IFA_LOCAL, assigned.address().bytes());
                if (!isLoopback) {
                    out.attribute(IFA_BROADCAST, assigned.broadcast().bytes());
                }
                out.attribute(IFA_LABEL, link.name());
            }
            out.end();
        }
    }

    private void routes(int family) {
        Interfaces.Interface ethernet = stack.interfaces().ethernet();
        if (family == 0 || family == SocketNumbers.AF_INET) {
            Interfaces.Assigned own = ethernet.addresses().get(0);
            if (stack.host().isReachable(Interfaces.GATEWAY)) {
                route(SocketNumbers.AF_INET, 0, RTPROT_BOOT, SCOPE_UNIVERSE);
                out.attribute(RTA_GATEWAY, Interfaces.GATEWAY.bytes()).attribute(RTA_OIF, ethernet.index()).end();
            }
            route(SocketNumbers.AF_INET, own.prefixBits(), RTPROT_KERNEL, SCOPE_LINK);
            byte[] network = IpAddress.v4(own.address().v4() & own.netmask()).bytes();
            out.attribute(RTA_DST, network).attribute(RTA_PREFSRC, own.address().bytes()).attribute(RTA_OIF, ethernet.index()).end();
        }
        if (family == 0 || family == SocketNumbers.AF_INET6) {
            Interfaces.Assigned own = ethernet.addresses().get(1);
            route(SocketNumbers.AF_INET6, own.prefixBits(), RTPROT_KERNEL, SCOPE_UNIVERSE);
            out.attribute(RTA_DST, new IpAddress(own.address().high(), 0).bytes()).attribute(RTA_OIF, ethernet.index()).end();
        }
    }

    private void route(int family, int prefixBits, int protocol, int scope) {
        int at = out.begin(RTM_NEWROUTE, NLM_F_MULTI, sequence, port, RTMSG_BYTES);
        out.putByte(at, family);
        out.putByte(at + 1, prefixBits);
        out.putByte(at + 4, RT_TABLE_MAIN);
        out.putByte(at + 5, protocol);
        out.putByte(at + 6, scope);
        out.putByte(at + 7, RTN_UNICAST);
        out.attribute(RTA_TABLE, RT_TABLE_MAIN);
    }
}
