package org.legoos.serial;

/** Registers and bits of the 16550A (National Semiconductor PC16550D data sheet, table II). */
final class UartReg {
    static final int DATA = 0; // RBR, THR; DLL with DLAB
    static final int IER = 1; // DLM with DLAB
    static final int IIR_FCR = 2;
    static final int LCR = 3;
    static final int MCR = 4;
    static final int LSR = 5;
    static final int MSR = 6;
    static final int SCR = 7;
    static final int COUNT = 8;

    static final int IER_RECEIVED = 0x01;
    static final int IER_THR_EMPTY = 0x02;
    static final int IER_LINE_STATUS = 0x04;
    static final int IER_MODEM_STATUS = 0x08;
    static final int IER_MASK = 0x0f;

    static final int IIR_MODEM_STATUS = 0x00;
    static final int IIR_NONE = 0x01;
    static final int IIR_THR_EMPTY = 0x02;
    static final int IIR_RECEIVED = 0x04;
    static final int IIR_LINE_STATUS = 0x06;
    static final int IIR_TIMEOUT = 0x0c;
    static final int IIR_FIFO_ENABLED = 0xc0;

    static final int FCR_ENABLE = 0x01;
    static final int FCR_CLEAR_RECEIVE = 0x02;
    static final int FCR_TRIGGER_SHIFT = 6;

    static final int LCR_STOP_BITS = 0x04;
    static final int LCR_PARITY = 0x08;
    static final int LCR_LENGTH_MASK = 0x03;
    static final int LCR_DLAB = 0x80;

    static final int MCR_DTR = 0x01;
    static final int MCR_RTS = 0x02;
    static final int MCR_OUT1 = 0x04;
    static final int MCR_OUT2 = 0x08;
    static final int MCR_LOOP = 0x10;
    static final int MCR_MASK = 0x1f;

    static final int LSR_DATA_READY = 0x01;
    static final int LSR_OVERRUN = 0x02;
    static final int LSR_BREAK = 0x10;
    static final int LSR_THR_EMPTY = 0x20;
    static final int LSR_TRANSMITTER_EMPTY = 0x40;
    static final int LSR_FIFO_ERROR = 0x80;

    static final int MSR_DELTA_MASK = 0x0f; // of the line four bits above
    static final int MSR_DELTA_RING = 0x04; // only when RI goes off
    static final int MSR_CTS = 0x10;
    static final int MSR_DSR = 0x20;
    static final int MSR_RI = 0x40;
    static final int MSR_DCD = 0x80;

    private UartReg() {}
}
