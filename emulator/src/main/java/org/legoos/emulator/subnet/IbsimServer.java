package org.legoos.emulator.subnet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import org.legoos.mlx4.fabric.Fabric;
import org.legoos.mlx4.fabric.ManagementPort;
import org.legoos.mlx4.fabric.PortState;
import org.legoos.mlx4.prm.Mad;

/**
 * ibsim's protocol over UDP on a live fabric: with {@code LD_PRELOAD=libumad2sim.so}, the programs of infiniband-diags and
 * opensm see our cards and switches. All clients are attached to one port of their own on the fabric, so what they send are real
 * management packets. A client that is a subnet manager stands for election with the built-in one.
 *
 * <p>One thread receives from the clients; what comes from the fabric is sent by the thread that carries it.
 */
public final class IbsimServer implements AutoCloseable {
    private static final int CLIENTS = 10;
    private static final long NODE_GUID = 0x0002_c903_00ff_0000L;
    private static final String NODE_NAME = "lego-management";
    private static final int TID_CLIENT = 8; // the upper 16 bits of the transaction id say which client asked
    private static final int METHOD = 3;
    private static final int RESPONSE = 0x80;
    private static final int METHOD_TRAP_REPRESS = 0x07;
    private static final int HOP_COUNT = 7;
    private static final int MGMT_CLASS = 1;
    private static final int CLASS_DIRECTED = 0x81;

    private static final class Client {
        InetSocketAddress address;
        boolean isSm;
        /** Has sent something: before, its library is not ready for requests of others, and crashes. */
        boolean hasSpoken;
    }

    private final Fabric fabric;
    private final ManagementPort port;
    private final Selector selector = Selector.open();
    private final DatagramChannel control;
    private final DatagramChannel[] data = new DatagramChannel[CLIENTS];
    private final Client[] clients = new Client[CLIENTS]; // guarded by this
    private final LocalSmp local;
    private final TableReassembly tables = new TableReassembly();

    private IbsimServer(Fabric fabric, int udpPort) throws IOException {
        this.fabric = fabric;
        port = new ManagementPort(NODE_NAME, NODE_GUID, this::fromFabric);
        local = new LocalSmp(port);
        control = open(udpPort);
        for (int i = 0; i < CLIENTS; i++) {
            data[i] = open(udpPort + 1 + i);
        }
    }

    /**
     * Serves on 127.0.0.1, control on {@code udpPort} and data on the ten ports behind it.
     *
     * @throws IOException for the user: a port cannot be had
     */
    public static IbsimServer start(Fabric fabric, int udpPort) throws IOException {
        IbsimServer server = new IbsimServer(fabric, udpPort);
        fabric.attach(server.port.port());
        server.port.port().setEnabled(true);
        Thread.ofPlatform().daemon().name("ibsim").start(server::serve);
        return server;
    }

    private DatagramChannel open(int udpPort) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), udpPort));
        } catch (IOException e) {
            channel.close();
            close();
            throw new IOException("cannot bind UDP 127.0.0.1:" + udpPort + " for ibsim's protocol: " + e.getMessage());
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, channel);
        return channel;
    }

    private void serve() {
        ByteBuffer buffer = SimMessage.buffer();
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    DatagramChannel channel = (DatagramChannel) key.attachment();
                    for (InetSocketAddress from = receive(channel, buffer); from != null; from = receive(channel, buffer)) {
                        if (channel == control) {
                            control(buffer, from);
                        } else {
                            fromClient(channel, buffer, from);
                        }
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
            // Closed: that is the end.
        }
    }

    private static InetSocketAddress receive(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
        buffer.flip();
        return from;
    }

    // ---- control ----

    private synchronized void control(ByteBuffer m, InetSocketAddress from) throws IOException {
        if (m.limit() != SimMessage.CONTROL_BYTES || m.getInt(0) != SimMessage.MAGIC) {
            return;
        }
        int type = m.getInt(SimMessage.TYPE);
        int client = m.getInt(SimMessage.CLIENT);
        boolean isKnown = client >= 0 && client < CLIENTS && clients[client] != null;
        boolean isDone = type == SimMessage.TYPE_CONNECT ? connect(m, from) : isKnown && control(type, client, m);
        if (!isDone) {
            m.putInt(SimMessage.TYPE, SimMessage.TYPE_ERROR);
        }
        control.send(m.position(0), from);
    }

    private boolean connect(ByteBuffer m, InetSocketAddress from) {
        int free = 0;
        while (free < CLIENTS && clients[free] != null) {
            free++;
        }
        if (free == CLIENTS) {
            return false;
        }
        Client client = new Client();
        client.address = new InetSocketAddress(from.getAddress(), m.getInt(SimMessage.CONNECT_ID) & 0xffff);
        clients[free] = client;
        setSm(client, m.getInt(SimMessage.CONNECT_IS_SM) != 0);
        m.putInt(SimMessage.CONNECT_ID, free);
        byte[] name = new byte[SimMessage.NODE_BYTES];
        byte[] text = NODE_NAME.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, name, 0, text.length);
        m.put(SimMessage.CONNECT_NODE, name);
        return true;
    }

    private boolean control(int type, int client, ByteBuffer m) {
        int at = SimMessage.CONTROL_DATA;
        switch (type) {
            case SimMessage.TYPE_DISCONNECT -> {
                setSm(clients[client], false);
                clients[client] = null;
            }
            case SimMessage.TYPE_GET_PORT -> m.putShort(at, (short) port.port().lid()).put(at + 2, (byte) port.port().state().ordinal());
            case SimMessage.TYPE_GET_VENDOR -> m.putInt(at, LocalSmp.VENDOR).putInt(at + 4, LocalSmp.PART).putInt(at + 8, 0).putLong(at + 16, 0);
            case SimMessage.TYPE_GET_GID -> m.put(at, local.gid());
            case SimMessage.TYPE_GET_GUID -> m.put(at, local.gid(), 8, 8);
            case SimMessage.TYPE_GET_NODEINFO -> m.put(at, local.nodeInfo());
            case SimMessage.TYPE_GET_PORTINFO -> m.put(at, local.portInfo());
            case SimMessage.TYPE_GET_PKEYS -> m.put(at, local.pKeys());
            case SimMessage.TYPE_SET_ISSM -> setSm(clients[client], m.getInt(at) != 0);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A subnet manager among the clients: the built-in one hears of it, and the better of them is master. */
    private void setSm(Client client, boolean isSm) {
        boolean had = hasSm();
        client.isSm = isSm;
        if (had != hasSm()) {
            port.setSubnetManager(!had);
            fabric.noteChange();
        }
    }

    private boolean hasSm() {
        for (Client client : clients) {
            if (client != null && client.isSm) {
                return true;
            }
        }
        return false;
    }

    // ---- datagrams ----

    private void fromClient(DatagramChannel channel, ByteBuffer m, InetSocketAddress from) throws IOException {
        int number = java.util.Arrays.asList(data).indexOf(channel);
        if (m.limit() != SimMessage.DATA_BYTES || !isClient(number, from)) {
            return;
        }
        noteSpeech(number);
        byte[] mad = SimMessage.mad(m);
        int method = mad[METHOD] & 0xff;
        if (method == METHOD_TRAP_REPRESS) {
            return;
        }
        if ((method & RESPONSE) == 0) {
            mad[TID_CLIENT] = 0;
            mad[TID_CLIENT + 1] = (byte) number;
        }
        int dlid = SimMessage.dlid(m);
        int sourceQp = SimMessage.sourceQp(m);
        int destinationQp = SimMessage.destinationQp(m);
        boolean isOwn = (mad[MGMT_CLASS] & 0xff) == CLASS_DIRECTED ? mad[HOP_COUNT] == 0 : dlid == port.port().lid();
        if (isOwn && (method & RESPONSE) == 0 && port.executeLocally(mad)) {
            LocalSmp.markDirection(mad);
            channel.send(SimMessage.data(mad, Mad.SIZE_BYTES, dlid, dlid, destinationQp, sourceQp, 0), from);
        } else if (port.port().state() == PortState.DOWN || !port.send(mad, dlid, sourceQp, destinationQp)) {
            channel.send(SimMessage.data(mad, Mad.SIZE_BYTES, port.port().lid(), dlid, sourceQp, destinationQp, SimMessage.ETIMEDOUT), from);
        }
    }

    private void noteSpeech(int number) {
        boolean isFirst;
        synchronized (this) {
            isFirst = !clients[number].hasSpoken;
            clients[number].hasSpoken = true;
        }
        if (isFirst) {
            fabric.noteChange();
        }
    }

    private synchronized boolean isClient(int number, InetSocketAddress from) {
        return clients[number] != null && clients[number].address.equals(from);
    }

    /** What arrives at our port: responses for who asked, requests for the subnet manager among the clients. */
    private void fromFabric(byte[] mad, int slid, int dlid, int sourceQp, int destinationQp) {
        int to = -1;
        InetSocketAddress address = null;
        synchronized (this) {
            if ((mad[METHOD] & RESPONSE) != 0) {
                to = mad[TID_CLIENT + 1] & 0xff;
            } else {
                for (int i = 0; i < CLIENTS; i++) {
                    to = clients[i] != null && clients[i].isSm && clients[i].hasSpoken ? i : to;
                }
            }
            if (to < 0 || to >= CLIENTS || clients[to] == null) {
                return;
            }
            address = clients[to].address;
        }
        TableReassembly.Step step = (mad[METHOD] & RESPONSE) == 0 ? TableReassembly.Step.pass(mad) : tables.take(mad);
        if (step.acknowledgement() != null) {
            port.send(step.acknowledgement(), slid, destinationQp, sourceQp);
        }
        if (step.delivered() == null) {
            return;
        }
        try {
            data[to].send(SimMessage.data(step.delivered(), step.lengthBytes(), slid, dlid, sourceQp, destinationQp, 0), address);
        } catch (IOException e) {
            // The client is gone; its next request would time out as well.
        }
    }


    @Override
    public void close() {
        port.close();
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            // Nobody is left to care.
        }
    }
}
