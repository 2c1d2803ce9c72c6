package org.legoos.emulator.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.legoos.emulator.cluster.Deaths;
import org.legoos.emulator.cluster.ProcessorNode;
import org.legoos.emulator.stdio.DescriptorStdio;
import org.legoos.emulator.stdio.DescriptorTerminal;
import org.legoos.isa.libc.Descriptor;
import org.legoos.isa.libc.ReceivedDescriptors;
import org.legoos.isa.time.HostClock;
import org.legoos.kernel.sched.WaitQueue;
import org.legoos.kernel.signal.Signals;
import org.legoos.managers.processor.core.Invocation;
import org.legoos.managers.processor.core.RunningProgram;
import org.legoos.managers.processor.core.Stdio;

/** A program that a client has started, until its end or the client's. */
final class ExecSession {
    private static final int STREAMS = 3;
    /** For the programs of a client that went away to end by themselves. */
    private static final long GRACE_NS = 2_000_000_000L;
    private static final long TOLD_MS = 2000;

    private final ControlChannel channel;
    private final ControlServer server;
    private final ProcessorNode node;
    private final Stdio stdio;
    private final DescriptorTerminal terminal; // null without one
    private final RunningProgram program;
    private final String name;
    private volatile boolean hasLeft;
    private final Thread waiter;

    private ExecSession(ExecRequest request, ProcessorNode node, ControlChannel channel, ControlServer server, Stdio stdio) {
        this.channel = channel;
        this.server = server;
        this.node = node;
        this.stdio = stdio;
        terminal = stdio instanceof DescriptorTerminal itsTerminal ? itsTerminal : null;
        name = latin1(request.argv().getFirst());
        program = node.manager().run(
                new Invocation(name, request.argv(), request.environment(), latin1(request.directory()), true), stdio);
        channel.send(new FrameWriter(FrameType.STARTED).number(program.pid()));
        waiter = Thread.ofPlatform().daemon().name("exec-" + program.pid()).start(this::awaitExit);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Starts it on the descriptors that have come; null when that failed, which the client has been told then. */
    static ExecSession start(ExecRequest request, ProcessorNode node, ControlChannel channel, ControlServer server)
            throws ProtocolException {
        int[] fds = streams(request, channel.descriptors());
        Stdio stdio = null;
        try {
            stdio = request.isTerminal() ? terminal(request, fds) : new DescriptorStdio(fds);
            return new ExecSession(request, node, channel, server, stdio);
        } catch (IOException | IllegalStateException e) {
            close(stdio);
            channel.send(new FrameWriter(FrameType.REFUSED).number(ControlSession.STATUS_FAILED).text(String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static int[] streams(ExecRequest request, ReceivedDescriptors received) throws ProtocolException {
        if (Integer.bitCount(request.streams() & 7) != received.count() || request.isTerminal() && (request.streams() & 3) != 3) {
            throw new ProtocolException("EXEC with " + received.count() + " descriptors for streams " + request.streams());
        }
        int[] fds = new int[STREAMS];
        int taken = 0;
        for (int i = 0; i < STREAMS; i++) {
            fds[i] = (request.streams() >> i & 1) != 0 ? received.take(taken++) : Descriptor.NONE;
        }
        return fds;
    }

    private static DescriptorTerminal terminal(ExecRequest request, int[] fds) throws IOException {
        Descriptor.close(fds[2]);
        return new DescriptorTerminal(fds[0], fds[1], request.rows(), request.columns());
    }

    private static void close(Stdio stdio) {
        if (stdio instanceof DescriptorTerminal terminal) {
            terminal.close();
        } else if (stdio instanceof DescriptorStdio streams) {
            streams.close();
        }
    }

    private void awaitExit() {
        program.awaitExit(WaitQueue.FOREVER);
        close(stdio); // first: all that it printed is out when the client hears of its end
        if (!hasLeft) {
            channel.send(new FrameWriter(FrameType.EXITED).number(program.exitStatus().shellCode()).text(farewell()));
        }
    }

    /** What the user should know of the end, in one line. */
    private String farewell() {
        if (program.failure() != null) {
            return program.failure();
        }
        if (server.isClosed()) {
            return "the cluster went down";
        }
        String departure = node.fit().lastDeparture();
        String death = Deaths.describe(program.exitStatus().signal());
        return death == null ? "" : name + ": " + death + (departure != null ? " (" + departure + ")" : "")
                + (node.consoleLog().isEmpty() ? "" : "; see " + node.consoleLog());
    }

    void signal(int signal) {
        program.signal(signal);
    }

    void windowChanged(int rows, int columns) {
        if (terminal != null) {
            terminal.windowChanged(rows, columns);
        }
    }

    /** Waits until the client has been told of the end of a program that ends. */
    void awaitTold() {
        try {
            waiter.join(TOLD_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The connection has ended. If the program still runs, its client was killed: a hang-up for it and its session, and what is still
     * there after a moment is killed. What has made a session of its own goes on.
     */
    void clientLeft() {
        hasLeft = true;
        if (program.awaitExit(HostClock.instance().nowNs())) {
            return;
        }
        if (terminal != null) {
            terminal.hangUp();
        }
        close(stdio);
        for (int signal : List.of(Signals.SIGHUP, Signals.SIGCONT)) {
            program.signalSession(signal);
        }
        if (!program.awaitExit(HostClock.instance().nowNs() + GRACE_NS)) {
            program.signalSession(Signals.SIGKILL);
        }
    }
}
