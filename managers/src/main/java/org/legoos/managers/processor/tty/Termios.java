package org.legoos.managers.processor.tty;

import org.legoos.kernel.syscall.Le;

/**
 * Terminal attributes (termios(3), the kernel's struct ktermios): which transformations the line discipline makes.
 * Owned by a {@link Tty} and guarded by its lock.
 */
final class Termios {
    /** struct termios of TCGETS. */
    static final int BYTES = 36;
    /** struct termios2 of TCGETS2: with speeds in numbers. */
    static final int BYTES2 = 44;
    /** struct termio of TCGETA, System V's. */
    static final int TERMIO_BYTES = 18;

    private static final int C_LINE = 16;
    private static final int C_CC = 17;
    private static final int NCCS = 19;
    private static final int C_ISPEED = 36;
    private static final int C_OSPEED = 40;
    private static final int TERMIO_LINE = 8;
    private static final int TERMIO_CC = 9;
    private static final int NCC = 8;

    /** c_iflag. */
    static final int PARMRK = 0010;
    static final int ISTRIP = 0040;
    static final int INLCR = 0100;
    static final int IGNCR = 0200;
    static final int ICRNL = 0400;
    static final int IUCLC = 01000;
    static final int IXON = 02000;
    static final int IXANY = 04000;
    static final int IMAXBEL = 020000;
    static final int IUTF8 = 040000;

    /** c_oflag. */
    static final int OPOST = 01;
    static final int OLCUC = 02;
    static final int ONLCR = 04;
    static final int OCRNL = 010;
    static final int ONOCR = 020;
    static final int ONLRET = 040;
    static final int TABDLY = 014000;
    static final int XTABS = 014000;

    /** c_cflag. */
    static final int B38400 = 017;
    static final int CS8 = 060;
    static final int CREAD = 0200;
    private static final int SPEED_38400 = 38400;

    /** c_lflag. */
    static final int ISIG = 01;
    static final int ICANON = 02;
    static final int ECHO = 010;
    static final int ECHOE = 020;
    static final int ECHOK = 040;
    static final int ECHONL = 0100;
    static final int NOFLSH = 0200;
    static final int TOSTOP = 0400;
    static final int ECHOCTL = 01000;
    static final int ECHOPRT = 02000;
    static final int ECHOKE = 04000;
    static final int IEXTEN = 0100000;

    /** Indices of c_cc. */
    static final int VINTR = 0;
    static final int VQUIT = 1;
    static final int VERASE = 2;
    static final int VKILL = 3;
    static final int VEOF = 4;
    static final int VTIME = 5;
    static final int VMIN = 6;
    static final int VSTART = 8;
    static final int VSTOP = 9;
    static final int VSUSP = 10;
    static final int VEOL = 11;
    static final int VREPRINT = 12;
    static final int VWERASE = 14;
    static final int VLNEXT = 15;
    static final int VEOL2 = 16;

    private int iflag = ICRNL | IXON;
    private int oflag = OPOST | ONLCR;
    private int cflag = B38400 | CS8 | CREAD;
    private int lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
    private byte line;
    private final byte[] cc = {3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0};
    private int inputSpeed = SPEED_38400;
    private int outputSpeed = SPEED_38400;

    boolean in(int flag) {
        return (iflag & flag) != 0;
    }

    boolean out(int flag) {
        return (oflag & flag) != 0;
    }

    /** Whether tabs are expanded to spaces. */
    boolean expandsTabs() {
        return (oflag & TABDLY) == XTABS;
    }

    boolean local(int flag) {
        return (lflag & flag) != 0;
    }

    /** A control character, 0 to 255. */
    int control(int index) {
        return cc[index] & 0xff;
    }

    /** Whether {@code c} is this control character; 0 means that it is switched off. */
    boolean is(int index, int c) {
        return c != 0 && c == (cc[index] & 0xff);
    }

    /** Writes struct termios, or termios2 when {@code to} has room for it. */
    void store(byte[] to, boolean isTermios2) {
        Le.putInt(to, 0, iflag);
        Le.putInt(to, 4, oflag);
        Le.putInt(to, 8, cflag);
        Le.putInt(to, 12, lflag);
        to[C_LINE] = line;
        System.arraycopy(cc, 0, to, C_CC, NCCS);
        if (isTermios2) {
            Le.putInt(to, C_ISPEED, inputSpeed);
            Le.putInt(to, C_OSPEED, outputSpeed);
        }
    }

    void load(byte[] from, boolean isTermios2) {
        iflag = Le.getInt(from, 0);
        oflag = Le.getInt(from, 4);
        cflag = Le.getInt(from, 8);
        lflag = Le.getInt(from, 12);
        line = from[C_LINE];
        System.arraycopy(from, C_CC, cc, 0, NCCS);
        if (isTermios2) {
            inputSpeed = Le.getInt(from, C_ISPEED);
            outputSpeed = Le.getInt(from, C_OSPEED);
        }
    }

    /** struct termio: the same in 16 bits each. */
    void storeTermio(byte[] to) {
        Le.putShort(to, 0, iflag);
        Le.putShort(to, 2, oflag);
        Le.putShort(to, 4, cflag);
        Le.putShort(to, 6, lflag);
        to[TERMIO_LINE] = line;
        System.arraycopy(cc, 0, to, TERMIO_CC, NCC);
    }

    void loadTermio(byte[] from) {
        int high = ~0xffff;
        iflag = iflag & high | Le.getShort(from, 0);
        oflag = oflag & high | Le.getShort(from, 2);
        cflag = cflag & high | Le.getShort(from, 4);
        lflag = lflag & high | Le.getShort(from, 6);
        line = from[TERMIO_LINE];
        System.arraycopy(from, TERMIO_CC, cc, 0, NCC);
    }
}
