package org.legoos.emulator.control;

/**
 * What a message between a client and a cluster is. On the wire: its length in bytes (u32, without these five), its type (u8,
 * this order), its fields. Numbers are little-endian; a text or a byte string has its length (u32) before it.
 */
enum FrameType {
    /** To the client, first: protocol version (i32), the cluster's name, its processor nodes, its other nodes. */
    HELLO,
    /** Fields of {@link ExecRequest}, with up to three descriptors. */
    EXEC,
    /** The program has begun: pid (i32). */
    STARTED,
    /** The program has ended: status (i32) as shells have it, and a line for the user, or an empty text. */
    EXITED,
    /** For the program: a signal's number (i32). */
    SIGNAL,
    /** For the program's terminal: rows, columns (i32). */
    WINDOW,
    /** What runs; 1 (i32) for JSON. Answered by TEXT. */
    LIST,
    /** Something to print. */
    TEXT,
    /** Node or empty, pid, signal (i32 each). Answered by TEXT. */
    KILL,
    /** The cluster is to end; the connection ends when it has. */
    DOWN,
    /** The request was refused: exit status (i32), why. */
    REFUSED;

    private static final FrameType[] ALL = values();

    static FrameType of(int number) throws ProtocolException {
        if (number < 0 || number >= ALL.length) {
            throw new ProtocolException("message type " + number);
        }
        return ALL[number];
    }
}
