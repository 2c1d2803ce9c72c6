package org.legoos.kernel.ib.rdmacm;

import java.lang.foreign.MemorySegment;
import org.legoos.kernel.ib.cm.ConnectRequest;
import org.legoos.mlx4.prm.mad.RdmaIpCm;

/** The header in front of a request's private data, of IPv4. */
final class IpHeader {
    private IpHeader() {}

    static byte[] of(int sourceIp, int sourcePort, int destinationIp) {
        byte[] bytes = new byte[RdmaIpCm.SIZE_BYTES];
        MemorySegment m = MemorySegment.ofArray(bytes);
        RdmaIpCm.IP_VERSION.set(m, 0, RdmaIpCm.IPV4);
        RdmaIpCm.SOURCE_PORT.set(m, 0, sourcePort);
        RdmaIpCm.SOURCE_IPV4.set(m, 0, sourceIp);
        RdmaIpCm.DESTINATION_IPV4.set(m, 0, destinationIp);
        return bytes;
    }

    static boolean isIpv4(ConnectRequest request) {
        MemorySegment m = MemorySegment.ofArray(request.privateData());
        return RdmaIpCm.MAJOR_VERSION.get(m, 0) == 0 && RdmaIpCm.IP_VERSION.get(m, 0) == RdmaIpCm.IPV4;
    }

    static int sourceIp(ConnectRequest request) {
        return RdmaIpCm.SOURCE_IPV4.get(MemorySegment.ofArray(request.privateData()), 0);
    }
}
