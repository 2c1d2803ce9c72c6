package org.legoos.emulator.ibperf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.legoos.emulator.peer.Exchange;
import org.legoos.emulator.perftest.PerfFormat.Bandwidth;

/** The steps of the exchange of perftest's programs. */
final class PerfExchange {
    /** Of the exchange, and of the programs in Debian's perftest 25.01. */
    static final String VERSION = "6.24";
    /** Since this one the steps are as here: the programs themselves refuse others. */
    private static final double OLDEST_VERSION = 5.70;

    private static final int VERSION_BYTES = 16;
    private static final int CYCLE_BYTES = 4096;
    /** A page of any machine there is. */
    private static final int CYCLE_BYTES_MAX = 1 << 20;
    private static final int CACHE_LINE_BYTES = 64;
    /** IBA's code for 256 bytes is 1, and each step doubles. */
    private static final int MTU_BASE_SHIFT = 7;
    private static final int MTU_CODE_MAX = 5;

    private final Exchange tcp;
    private boolean usesGid;

    /** @param usesGid whether this end tells a GID; the end that was called does as the other */
    PerfExchange(Exchange tcp, boolean usesGid) {
        this.tcp = tcp;
        this.usesGid = usesGid;
    }

    boolean isCaller() {
        return tcp.isCaller();
    }

    void versions() throws IOException {
        byte[] own = Arrays.copyOf(VERSION.getBytes(StandardCharsets.US_ASCII), VERSION_BYTES);
        String theirs = new String(tcp.swap(own, "version"), StandardCharsets.ISO_8859_1);
        int end = theirs.indexOf('\0');
        String version = end < 0 ? theirs : theirs.substring(0, end);
        if (!version.matches("[0-9]{1,3}\\.[0-9]{1,3}")) {
            throw new IOException("the other end sent '" + version.replaceAll("[^ -~]", "?") + "', not the version of a perftest program");
        }
        if (Double.parseDouble(version) < OLDEST_VERSION) {
            throw new IOException("the other end is of version " + version + ", older than " + OLDEST_VERSION);
        }
    }

    /** @return bytes over which the other end spreads the addresses of small messages */
    int cycle() throws IOException {
        int theirs = number(CYCLE_BYTES, "page size");
        number(CACHE_LINE_BYTES, "cache line size");
        if (theirs < 0 || theirs > CYCLE_BYTES_MAX) {
            throw new IOException("the other end has pages of " + Integer.toUnsignedString(theirs) + " bytes");
        }
        return Math.max(CYCLE_BYTES, theirs);
    }

    private int number(int own, String what) throws IOException {
        return ByteBuffer.wrap(tcp.swap(ByteBuffer.allocate(Integer.BYTES).putInt(own).array(), what)).getInt();
    }

    /** @return the smaller of both ends' MTUs */
    int mtuBytes(int own) throws IOException {
        int code = Integer.numberOfTrailingZeros(own) - MTU_BASE_SHIFT;
        byte[] theirs = tcp.swap(new byte[] {(byte) ('0' + code), 0}, "MTU");
        int theirCode = theirs[0] - '0';
        if (theirCode < 1 || theirCode > MTU_CODE_MAX) {
            throw new IOException("the other end has an MTU of code " + theirs[0] + ", which there is not");
        }
        return 1 << Math.min(code, theirCode) + MTU_BASE_SHIFT;
    }

    /** Both ends tell of a queue pair. The end that was called learns here whether the other has a GID. */
    KeyMessage keys(KeyMessage own) throws IOException {
        if (isCaller()) {
            byte[] message = without(own).toWire();
            tcp.write(message);
            return KeyMessage.parse(tcp.read(message.length, "address"));
        }
        KeyMessage theirs = KeyMessage.parse(read(false));
        usesGid = theirs.gid() != null;
        tcp.write(without(own).toWire());
        return theirs;
    }

    /** In the form that both ends use. */
    KeyMessage without(KeyMessage own) {
        return usesGid ? own : new KeyMessage(own.lid(), own.reads(), own.qpn(), own.psn(), own.remoteKey(), own.buffer(), null);
    }

    boolean usesGid() {
        return usesGid;
    }

    private byte[] read(boolean isPatient) throws IOException {
        byte[] start = isPatient ? tcp.readLater(KeyMessage.BYTES, "sign") : tcp.read(KeyMessage.BYTES, "address");
        if (!KeyMessage.hasGid(start)) {
            return start;
        }
        byte[] all = Arrays.copyOf(start, KeyMessage.BYTES_WITH_GID);
        byte[] rest = tcp.read(KeyMessage.BYTES_WITH_GID - start.length, "address");
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return all;
    }

    /** Both ends are here: the same message again, of which only the coming counts. */
    void meet(KeyMessage own) throws IOException {
        meet(own, false);
    }

    /** As the other, when the end that is later may still be measuring. */
    void meetLater(KeyMessage own) throws IOException {
        meet(own, true);
    }

    private void meet(KeyMessage own, boolean isPatient) throws IOException {
        byte[] message = without(own).toWire();
        if (isCaller()) {
            tcp.write(message);
        }
        KeyMessage.parse(read(isPatient));
        if (!isCaller()) {
            tcp.write(message);
        }
    }

    /** @param own null when this end has measured nothing */
    Bandwidth results(Bandwidth own) throws IOException {
        long size = swap(own == null ? 0 : own.sizeBytes());
        long iterations = swap(own == null ? 0 : own.iterations());
        double peak = swap(own == null ? 0 : own.peakMibS());
        double average = swap(own == null ? 0 : own.averageMibS());
        double messages = swap(own == null ? 0 : own.messagesMpps());
        return new Bandwidth(size, iterations, peak, average, messages);
    }

    private long swap(long own) throws IOException {
        return ByteBuffer.wrap(tcp.swap(ByteBuffer.allocate(Long.BYTES).putLong(own).array(), "result")).getLong();
    }

    private double swap(double own) throws IOException {
        return Double.longBitsToDouble(swap(Double.doubleToRawLongBits(own)));
    }
}
