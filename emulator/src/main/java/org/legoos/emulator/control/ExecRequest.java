package org.legoos.emulator.control;

import java.util.List;

/**
 * A program to be started in a cluster.
 *
 * @param node a processor node's name, or empty for the cluster to choose
 * @param argv the program, as the user has named it, and its arguments
 * @param environment NAME=VALUE strings
 * @param directory where it starts
 * @param streams which of the streams 0 to 2 the client has, as bits: their descriptors come along in order
 * @param isTerminal whether streams 0 and 1 are a terminal in raw mode, which gets a pseudo-terminal of the node behind it
 * @param rows of that terminal
 * @param columns of that terminal
 */
public record ExecRequest(String node, List<byte[]> argv, List<byte[]> environment, byte[] directory, int streams,
        boolean isTerminal, int rows, int columns) {

    FrameWriter toFrame() {
        return new FrameWriter(FrameType.EXEC).text(node).list(argv).list(environment).bytes(directory).number(streams)
                .number(isTerminal ? 1 : 0).number(rows).number(columns);
    }

    static ExecRequest of(Frame frame) throws ProtocolException {
        ExecRequest request = new ExecRequest(frame.text(), frame.list(), frame.list(), frame.bytes(), frame.number(),
                frame.number() != 0, frame.number(), frame.number());
        if (request.argv.isEmpty() || request.argv.getFirst().length == 0) {
            throw new ProtocolException("EXEC names no program");
        }
        return request;
    }
}
