package org.legoos.managers.processor.inet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.socket.SocketNumbers;

/** netdevice(7): what programs ask of interfaces by ioctl; they cannot change them. */
public final class InterfaceIoctls {
    private static final int SIOCGIFNAME = 0x8910;
    private static final int SIOCGIFCONF = 0x8912;
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int SIOCGIFADDR = 0x8915;
    private static final int SIOCSIFADDR = 0x8916;
    private static final int SIOCGIFDSTADDR = 0x8917;
    private static final int SIOCGIFBRDADDR = 0x8919;
    private static final int SIOCSIFBRDADDR = 0x891a;
    private static final int SIOCGIFNETMASK = 0x891b;
    private static final int SIOCSIFNETMASK = 0x891c;
    private static final int SIOCGIFMETRIC = 0x891d;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCSIFMTU = 0x8922;
    private static final int SIOCSIFHWADDR = 0x8924;
    private static final int SIOCGIFHWADDR = 0x8927;
    private static final int SIOCGIFINDEX = 0x8933;
    private static final int SIOCGIFTXQLEN = 0x8942;
    private static final int SIOCADDRT = 0x890b;
    private static final int SIOCDELRT = 0x890c;

    /** struct ifreq: the name, then one of many things. */
    private static final int IFREQ_BYTES = 40;
    private static final int IFNAMSIZ = 16;
    private static final int IFR_DATA = 16;
    /** struct ifconf: length in bytes, then where the array is. */
    private static final int IFCONF_BYTES = 16;
    private static final int IFC_REQ = 8;
    private static final int SOCKADDR_DATA = 2;

    private InterfaceIoctls() {}

    /** @return 0, -ENOTTY for other requests, -ENODEV, -EPERM */
    public static int ioctl(UserThread t, Interfaces interfaces, int request, long arg) {
        switch (request) {
            case SIOCGIFCONF -> {
                return list(t, interfaces, arg);
            }
            case SIOCGIFNAME -> {
                return name(t, interfaces, arg);
            }
            case SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFBRDADDR, SIOCSIFNETMASK, SIOCSIFMTU, SIOCSIFHWADDR, SIOCADDRT, SIOCDELRT -> {
                return -Errno.EPERM;
            }
            case SIOCGIFFLAGS, SIOCGIFADDR, SIOCGIFDSTADDR, SIOCGIFBRDADDR, SIOCGIFNETMASK, SIOCGIFMETRIC, SIOCGIFMTU,
                    SIOCGIFHWADDR, SIOCGIFINDEX, SIOCGIFTXQLEN -> {
                return ask(t, interfaces, request, arg);
            }
            default -> {
                return -Errno.ENOTTY;
            }
        }
    }

    private static int ask(UserThread t, Interfaces interfaces, int request, long arg) {
        byte[] ifreq = t.user().struct(arg, IFREQ_BYTES);
        int end = 0;
        while (end < IFNAMSIZ && ifreq[end] != 0) {
            end++;
        }
        String name = new String(ifreq, 0, end, StandardCharsets.ISO_8859_1).split(":", 2)[0];
        Interfaces.Interface found = interfaces.find(name);
        if (found == null) {
            return -Errno.ENODEV;
        }
        Arrays.fill(ifreq, IFR_DATA, IFREQ_BYTES, (byte) 0);
        Interfaces.Assigned v4 = found.addresses().get(0);
        switch (request) {
            case SIOCGIFFLAGS -> Le.putShort(ifreq, IFR_DATA, found.flags());
            case SIOCGIFADDR, SIOCGIFDSTADDR -> putAddress(ifreq, v4.address());
            case SIOCGIFBRDADDR -> putAddress(ifreq,
                    (found.flags() & Interfaces.IFF_BROADCAST) != 0 ? v4.broadcast() : IpAddress.ANY4);
            case SIOCGIFNETMASK -> putAddress(ifreq, IpAddress.v4(v4.netmask()));
            case SIOCGIFMTU -> Le.putInt(ifreq, IFR_DATA, found.mtuBytes());
            case SIOCGIFINDEX -> Le.putInt(ifreq, IFR_DATA, found.index());
            case SIOCGIFTXQLEN -> Le.putInt(ifreq, IFR_DATA, 1000);
            case SIOCGIFHWADDR -> {
                Le.putShort(ifreq, IFR_DATA, found.type());
                System.arraycopy(found.hardwareAddress(), 0, ifreq, IFR_DATA + SOCKADDR_DATA, found.hardwareAddress().length);
            }
            default -> {} // SIOCGIFMETRIC: 0
        }
        t.user().putStruct(arg, IFREQ_BYTES);
        return 0;
    }

    private static void putAddress(byte[] ifreq, IpAddress address) {
        byte[] sockaddr = new Endpoint(address, 0).sockaddr(SocketNumbers.AF_INET);
        System.arraycopy(sockaddr, 0, ifreq, IFR_DATA, sockaddr.length);
    }

    private static int name(UserThread t, Interfaces interfaces, long arg) {
        byte[] ifreq = t.user().struct(arg, IFREQ_BYTES);
        Interfaces.Interface found = interfaces.find(Le.getInt(ifreq, IFR_DATA));
        if (found == null) {
            return -Errno.ENODEV;
        }
        putName(ifreq, found);
        t.user().putStruct(arg, IFREQ_BYTES);
        return 0;
    }

    private static void putName(byte[] ifreq, Interfaces.Interface found) {
        Arrays.fill(ifreq, 0, IFNAMSIZ, (byte) 0);
        byte[] name = found.name().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, ifreq, 0, name.length);
    }

    /** SIOCGIFCONF: as many as there is room for; without room, how much it would take. */
    private static int list(UserThread t, Interfaces interfaces, long arg) {
        byte[] ifconf = t.user().struct(arg, IFCONF_BYTES);
        int room = Le.getInt(ifconf, 0);
        long to = Le.getLong(ifconf, IFC_REQ);
        int done = 0;
        for (Interfaces.Interface found : interfaces.all()) {
            if (to != 0 && room - done < IFREQ_BYTES) {
                break;
            }
            if (to != 0) {
                byte[] ifreq = t.user().zeroed(IFREQ_BYTES);
                putName(ifreq, found);
                putAddress(ifreq, found.addresses().get(0).address());
                t.user().putStruct(to + done, IFREQ_BYTES);
            }
            done += IFREQ_BYTES;
        }
        t.user().putInt(arg, done);
        return 0;
    }
}
