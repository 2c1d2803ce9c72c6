package org.legoos.kernel.ib.cm;

/** Who serves a service identifier: told on the port's thread. */
public interface CmListener {
    /** Somebody wants a connection: {@link CmConnection#accept}, {@link CmConnection#reject}, or {@link CmConnection#delay} and one of them later. */
    void requested(CmConnection connection, ConnectRequest request);
}
