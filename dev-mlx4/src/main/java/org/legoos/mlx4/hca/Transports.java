package org.legoos.mlx4.hca;

import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.transport.QpHost;
import org.legoos.mlx4.transport.RcQp;
import org.legoos.mlx4.transport.TransportQp;
import org.legoos.mlx4.transport.UcQp;
import org.legoos.mlx4.transport.UdQp;

/** The transports that there are, by service type; null for others. */
final class Transports {
    private Transports() {}

    static TransportQp create(int serviceType, QpHost host) {
        return switch (serviceType) {
            case ServiceType.RC -> new RcQp(host);
            case ServiceType.UC -> new UcQp(host);
            case ServiceType.UD -> new UdQp(host);
            default -> null;
        };
    }
}
