package org.legoos.emulator.control;

import java.io.IOException;
import java.util.List;
import org.legoos.isa.libc.UnixSocket;

/** A client's side of the control socket. Requests may come from any thread, {@link #awaitAnswer} from one. */
public final class ControlClient implements AutoCloseable {
    /** What a cluster has answered: how the caller should end, and what to print. */
    public record Answer(int status, String text, Kind kind) {
        public enum Kind { EXITED, TEXT, REFUSED }
    }

    private final ControlChannel channel;
    private final String cluster;
    private final List<String> processors;
    private final List<String> otherNodes;

    private ControlClient(ControlChannel channel, String cluster, List<String> processors, List<String> otherNodes) {
        this.channel = channel;
        this.cluster = cluster;
        this.processors = processors;
        this.otherNodes = otherNodes;
    }

    /** Connects to a running cluster; an IOException is for the user. */
    public static ControlClient connect(ControlPlace place) throws IOException {
        UnixSocket socket;
        try {
            socket = UnixSocket.connect(place.socket().toString());
        } catch (IOException e) {
            throw new IOException("no cluster '" + place.name() + "' is running: lego boot starts one");
        }
        ControlChannel channel = new ControlChannel(socket);
        try {
            Frame hello = channel.receive();
            if (hello == null) {
                throw new IOException("cluster '" + place.name() + "' takes no clients now");
            }
            int version = hello.type() == FrameType.HELLO ? hello.number() : 0;
            if (version != ControlChannel.VERSION) {
                throw new IOException("cluster '" + place.name() + "' was booted by another version of lego");
            }
            return new ControlClient(channel, hello.text(), hello.texts(), hello.texts());
        } catch (IOException e) {
            channel.release();
            throw e;
        }
    }

    /** Names of the nodes that programs run on. */
    public List<String> processors() {
        return processors;
    }

    public List<String> otherNodes() {
        return otherNodes;
    }

    /** @param fds the streams that the request says are there, in order */
    public void exec(ExecRequest request, int... fds) {
        channel.send(request.toFrame(), fds);
    }

    public void signal(int signal) {
        channel.send(new FrameWriter(FrameType.SIGNAL).number(signal));
    }

    public void windowChanged(int rows, int columns) {
        channel.send(new FrameWriter(FrameType.WINDOW).number(rows).number(columns));
    }

    public void list(boolean asJson) {
        channel.send(new FrameWriter(FrameType.LIST).number(asJson ? 1 : 0));
    }

    /** @param node empty: wherever it is */
    public void kill(String node, int pid, int signal) {
        channel.send(new FrameWriter(FrameType.KILL).text(node).number(pid).number(signal));
    }

    /** Ends the cluster and waits until it has ended. */
    public void down() throws IOException {
        channel.send(new FrameWriter(FrameType.DOWN));
        while (channel.receive() != null) {
            // Nothing more is said; the end of the connection is the answer.
        }
    }

    /** Waits for what a request is answered with; an IOException when the cluster died. */
    public Answer awaitAnswer() throws IOException {
        for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
            switch (frame.type()) {
                case EXITED -> {
                    return new Answer(frame.number(), frame.text(), Answer.Kind.EXITED);
                }
                case TEXT -> {
                    return new Answer(0, frame.text(), Answer.Kind.TEXT);
                }
                case REFUSED -> {
                    return new Answer(frame.number(), frame.text(), Answer.Kind.REFUSED);
                }
                default -> {
                    // STARTED, and what later versions may tell on the way.
                }
            }
        }
        throw new IOException("cluster '" + cluster + "' died");
    }

    @Override
    public void close() {
        channel.release();
    }
}
