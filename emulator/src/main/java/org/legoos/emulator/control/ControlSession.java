package org.legoos.emulator.control;

import java.util.List;
import org.legoos.emulator.cluster.Cluster;
import org.legoos.emulator.cluster.ClusterNode;
import org.legoos.emulator.cluster.ProcessorNode;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.managers.processor.core.Process;

/** One client of a running cluster, on a thread of its own. */
final class ControlSession {
    static final int STATUS_FAILED = 125;

    private final ControlServer server;
    private final ControlChannel channel;
    private volatile ExecSession program; // null until it is started
    private volatile boolean isAwaitingDown;

    ControlSession(ControlServer server, ControlChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    void run() {
        try {
            greet();
            for (Frame frame = channel.receive(); frame != null; frame = channel.receive()) {
                serve(frame);
            }
        } catch (ProtocolException e) {
            server.complain(e.getMessage());
        } finally {
            channel.release();
            if (program != null) {
                program.clientLeft();
            }
            server.ended(this);
        }
    }

    private void greet() {
        Cluster cluster = server.cluster();
        List<String> processors = names(cluster, true);
        channel.send(new FrameWriter(FrameType.HELLO).number(ControlChannel.VERSION).text(server.name())
                .texts(processors).texts(names(cluster, false)));
    }

    private static List<String> names(Cluster cluster, boolean areProcessors) {
        return cluster.nodes().stream().filter(node -> node instanceof ProcessorNode == areProcessors).map(ClusterNode::name).toList();
    }

    private void serve(Frame frame) throws ProtocolException {
        switch (frame.type()) {
            case EXEC -> exec(ExecRequest.of(frame));
            case SIGNAL -> running(frame).signal(checkedSignal(frame.number()));
            case WINDOW -> running(frame).windowChanged(frame.number(), frame.number());
            case LIST -> channel.send(new FrameWriter(FrameType.TEXT).text(list(frame.number() != 0)));
            case KILL -> kill(frame.text(), frame.number(), checkedSignal(frame.number()));
            case DOWN -> {
                isAwaitingDown = true;
                server.wantDown();
            }
            default -> throw new ProtocolException(frame.type() + " from a client");
        }
    }

    private ExecSession running(Frame frame) throws ProtocolException {
        if (program == null) {
            throw new ProtocolException(frame.type() + " without a program");
        }
        return program;
    }

    private static int checkedSignal(int signal) throws ProtocolException {
        if (!Signals.isValid(signal)) {
            throw new ProtocolException("signal " + signal);
        }
        return signal;
    }

    private void exec(ExecRequest request) throws ProtocolException {
        if (program != null) {
            throw new ProtocolException("a second EXEC");
        }
        ProcessorNode node = processor(request.node());
        if (node == null) {
            refuse("no processor node '" + request.node() + "': there are "
                    + String.join(", ", names(server.cluster(), true)));
            return;
        }
        if (server.isClosed()) {
            refuse("the cluster is going down");
            return;
        }
        program = ExecSession.start(request, node, channel, server);
    }

    /** The node of that name; when none is named, the one with the fewest processes, as the original's GPM chooses. */
    private ProcessorNode processor(String name) {
        ProcessorNode chosen = null;
        for (ClusterNode node : server.cluster().nodes()) {
            if (node instanceof ProcessorNode processor && (name.isEmpty() || name.equals(node.name()))) {
                boolean isBetter = chosen == null
                        || processor.manager().processes().size() < chosen.manager().processes().size();
                chosen = isBetter ? processor : chosen;
            }
        }
        return chosen;
    }

    private String list(boolean asJson) {
        ProcessList list = ProcessList.of(server.cluster());
        return asJson ? list.toJson(server.name()) : list.toText();
    }

    private void kill(String node, int pid, int signal) {
        Process found = null;
        for (ClusterNode each : server.cluster().nodes()) {
            if (each instanceof ProcessorNode processor && (node.isEmpty() || node.equals(each.name()))) {
                Process process = processor.manager().find(pid);
                if (process != null && found != null) {
                    refuse("pid " + pid + " is on several nodes: name one");
                    return;
                }
                found = process != null ? process : found;
            }
        }
        if (found == null) {
            refuse("no process " + pid + (node.isEmpty() ? "" : " on " + node));
            return;
        }
        found.send(SigInfo.fromKernel(signal));
        channel.send(new FrameWriter(FrameType.TEXT).text(""));
    }

    private void refuse(String why) {
        channel.send(new FrameWriter(FrameType.REFUSED).number(STATUS_FAILED).text(why));
    }

    boolean isAwaitingDown() {
        return isAwaitingDown;
    }

    /** The cluster has been closed: what its program's end was is told, and the connection ends. */
    void finish() {
        ExecSession ending = program;
        if (ending != null) {
            ending.awaitTold();
        }
        if (!isAwaitingDown) {
            channel.close();
        }
    }

    void hangUp() {
        channel.close();
    }
}
