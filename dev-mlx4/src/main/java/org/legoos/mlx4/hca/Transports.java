package org.legoos.mlx4.hca;

import org.legoos.mlx4.prm.ServiceType;
import org.legoos.mlx4.transport.MlxQp;
import org.legoos.mlx4.transport.QpHost;
import org.legoos.mlx4.transport.RcQp;
import org.legoos.mlx4.transport.TransportQp;
import org.legoos.mlx4.transport.UcQp;
import org.legoos.mlx4.transport.UdQp;

/** The transports that there are, by service type; null for others. */
final class Transports {
    private Transports() {}

    /** @param special which management queue pair it is, for those */
    static TransportQp create(int serviceType, SpecialQp special, QpHost host) {
        if ((serviceType == ServiceType.MLX) != special.isManagement()) {
            return null; // headers by software are for the management queue pairs, and nothing else is for them
        }
        return switch (serviceType) {
            case ServiceType.RC -> new RcQp(host);
            case ServiceType.XRC -> RcQp.extended(host);
            case ServiceType.UC -> new UcQp(host);
            case ServiceType.UD -> new UdQp(host);
            case ServiceType.MLX -> new MlxQp(host, special == SpecialQp.SUBNET_MANAGEMENT);
            default -> null;
        };
    }
}
