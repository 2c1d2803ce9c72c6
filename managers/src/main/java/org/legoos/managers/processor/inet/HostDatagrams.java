package org.legoos.managers.processor.inet;

/** A UDP socket of the host that carries one guest socket's packets. Any thread; nothing blocks. */
public interface HostDatagrams extends AutoCloseable {
    /** What comes from the host's network. */
    interface Receiver {
        void received(Endpoint from, byte[] data);

        /** @param errno what an ICMP message said */
        void failed(int errno);
    }

    /** @return 0 or a negative errno */
    int send(Endpoint to, byte[] data);

    @Override
    void close();
}
