package org.legoos.emulator.nodes;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** UDP ports of the loopback interface that nobody has. */
public final class FreePorts {
    private FreePorts() {}

    /** That many different addresses, free a moment ago. */
    public static List<InetSocketAddress> onLoopback(int count) throws IOException {
        List<DatagramSocket> held = new ArrayList<>();
        try {
            List<InetSocketAddress> free = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                held.add(socket);
                free.add((InetSocketAddress) socket.getLocalSocketAddress());
            }
            return free;
        } finally {
            held.forEach(DatagramSocket::close);
        }
    }
}
