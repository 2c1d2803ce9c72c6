package org.legoos.managers.processor.inet;

/** The way out of the node to the host's network; what it does not allow, it refuses. Any thread; nothing blocks. */
public interface HostNetwork {
    /** No way out: every destination beyond the node is ENETUNREACH. */
    HostNetwork NONE = new HostNetwork() {
        @Override
        public boolean isReachable(IpAddress destination) {
            return false;
        }

        @Override
        public void connect(Endpoint destination, HostConnection connection) {
            connection.failed(org.legoos.kernel.syscall.Errno.ENETUNREACH);
        }

        @Override
        public HostDatagrams openDatagrams(boolean isV4, HostDatagrams.Receiver receiver) {
            return null;
        }
    };

    /** Whether there is a way to that address at all. */
    boolean isReachable(IpAddress destination);

    /** Connects by TCP; answers by {@link HostConnection#established} or {@link HostConnection#failed}. */
    void connect(Endpoint destination, HostConnection connection);

    /** A UDP socket of the host, or null when that is not possible. */
    HostDatagrams openDatagrams(boolean isV4, HostDatagrams.Receiver receiver);
}
