package org.legoos.serial;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Opens a backend by its name on a command line. */
public final class SerialBackends {
    public static final String SYNTAX = "file:PATH, stdout, stderr, terminal, pty, tcp:[HOST:]PORT or none";

    private SerialBackends() {}

    /**
     * Opens one: {@value #SYNTAX}.
     *
     * @throws IOException with a message for the user when it cannot be opened or {@code spec} is none of these
     */
    public static SerialBackend open(String spec) throws IOException {
        int colon = spec.indexOf(':');
        String kind = colon < 0 ? spec : spec.substring(0, colon);
        String rest = colon < 0 ? "" : spec.substring(colon + 1);
        if (colon < 0 ? kind.equals("file") || kind.equals("tcp") : !kind.equals("file") && !kind.equals("tcp")) {
            throw unknown(spec);
        }
        return switch (kind) {
            case "file" -> FileBackend.open(Path.of(rest));
            case "stdout" -> new TerminalBackend(new FileOutputStream(FileDescriptor.out), null);
            case "stderr" -> new TerminalBackend(new FileOutputStream(FileDescriptor.err), null);
            case "terminal" -> new TerminalBackend(
                    new FileOutputStream(FileDescriptor.out), new FileInputStream(FileDescriptor.in));
            case "pty" -> PtyBackend.open();
            case "tcp" -> TcpBackend.listen(parseAddress(spec, rest));
            case "none" -> SerialBackend.NONE;
            default -> throw unknown(spec);
        };
    }

    private static InetSocketAddress parseAddress(String spec, String hostAndPort) throws IOException {
        int colon = hostAndPort.lastIndexOf(':');
        InetAddress host = colon < 0
                ? InetAddress.getLoopbackAddress()
                : InetAddress.getByName(hostAndPort.substring(0, colon));
        try {
            return new InetSocketAddress(host, Integer.parseInt(hostAndPort.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IOException("serial port " + spec + ": the TCP port must be a number up to 65535", e);
        }
    }

    private static IOException unknown(String spec) {
        return new IOException("serial port '" + spec + "' is unknown; it can be " + SYNTAX);
    }
}
