package org.legoos.mlx4.sa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.legoos.mlx4.prm.mad.Component;
import org.legoos.mlx4.prm.mad.Gid;
import org.legoos.mlx4.prm.mad.Records;
import org.legoos.mlx4.prm.mad.SaMad;

/** Services that ports have registered (IBA 15.2.5.14), until their lease ends. */
public final class ServiceTable {
    public static final int SERVICES_MAX = 1024;

    private static final Component SERVICE_ID = Records.SERVICE.component("ServiceID");
    private static final Component SERVICE_GID = Records.SERVICE.component("ServiceGID");
    private static final Component P_KEY = Records.SERVICE.component("ServiceP_Key");
    private static final Component LEASE = Records.SERVICE.component("ServiceLease");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long FOREVER = 0xffff_ffffL;

    /** What makes a record one (RID of IBA 15.2.5.14). */
    private record Key(long id, Gid gid, int pKey) {}

    private record Entry(byte[] record, long endsNs) {}

    private final Map<Key, Entry> services = new LinkedHashMap<>();

    private static Key key(byte[] bytes, int at) {
        return new Key(SERVICE_ID.get(bytes, at), Gid.at(bytes, at + SERVICE_GID.byteOffset()), P_KEY.getInt(bytes, at));
    }

    /** A registration (Set) in a request; the status. */
    public int register(byte[] mad, long mask, long nowNs) {
        expire(nowNs);
        long needed = SERVICE_ID.mask() | SERVICE_GID.mask() | P_KEY.mask() | LEASE.mask();
        if ((mask & needed) != needed) {
            return SaMad.STATUS_INSUFFICIENT_COMPONENTS;
        }
        Key key = key(mad, SaMad.DATA);
        if (services.size() >= SERVICES_MAX && !services.containsKey(key)) {
            return SaMad.STATUS_NO_RESOURCES;
        }
        long leaseS = LEASE.get(mad, SaMad.DATA);
        byte[] record = java.util.Arrays.copyOfRange(mad, SaMad.DATA, SaMad.DATA + Records.SERVICE.sizeBytes());
        services.put(key, new Entry(record, leaseS == FOREVER ? Long.MAX_VALUE : nowNs + leaseS * SECOND_NS));
        return 0;
    }

    /** Removes the one record that the request names; the status. */
    public int remove(byte[] mad, long mask, long nowNs) {
        List<byte[]> found = find(mad, mask, nowNs);
        if (found.size() != 1) {
            return found.isEmpty() ? SaMad.STATUS_NO_RECORDS : SaMad.STATUS_TOO_MANY_RECORDS;
        }
        services.remove(key(found.getFirst(), 0));
        return 0;
    }

    public List<byte[]> find(byte[] mad, long mask, long nowNs) {
        expire(nowNs);
        List<byte[]> found = new ArrayList<>();
        for (Entry each : services.values()) {
            byte[] record = each.record.clone();
            if (each.endsNs != Long.MAX_VALUE) {
                LEASE.set(record, 0, (each.endsNs - nowNs) / SECOND_NS);
            }
            if (Records.SERVICE.matches(mad, SaMad.DATA, mask, record)) {
                found.add(record);
            }
        }
        return found;
    }

    /** A port has gone, and its services with it. */
    public void removePort(Gid port) {
        services.keySet().removeIf(key -> key.gid.equals(port));
    }

    private void expire(long nowNs) {
        services.values().removeIf(each -> each.endsNs <= nowNs);
    }

    public void clear() {
        services.clear();
    }
}
