package org.legoos.serial;

/**
 * What a UART is wired to on the host. Neither method waits: what the other end does not take is dropped
 * and counted.
 */
public interface SerialBackend extends AutoCloseable {
    /** A port with nothing plugged in: output is gone, no input comes. */
    SerialBackend NONE = new SerialBackend() {
        @Override
        public void attach(SerialInput input) {}

        @Override
        public void transmit(byte[] from, int offset, int length) {}

        @Override
        public void close() {}
    };

    /** Connects the receive side; called once, before the first transmit. */
    void attach(SerialInput input);

    /** Takes a batch; the array is the caller's again when this returns. One thread at a time. */
    void transmit(byte[] from, int offset, int length);

    /** For people: where the other end is, e.g. "/dev/pts/3". Empty if that is no news. */
    default String location() {
        return "";
    }

    /** Output that was lost because the other end was full, gone or broken. */
    default long droppedBytes() {
        return 0;
    }

    /** Puts out what was taken and lets go of the other end. */
    @Override
    void close();
}
