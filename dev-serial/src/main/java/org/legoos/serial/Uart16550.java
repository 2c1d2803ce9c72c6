package org.legoos.serial;

import org.legoos.isa.bus.PortDevice;
import org.legoos.isa.time.Clock;
import org.legoos.isa.time.SerialAgent;

/**
 * A 16550A UART (National Semiconductor PC16550D data sheet) at 8 I/O ports, as PCs wire it: the interrupt
 * goes out only while OUT2 is set. It sends as fast as software writes, so the transmitter is always
 * empty; what it sends is batched ({@link TransmitBatch}). Divisor and line format are kept; they matter
 * to the receive time-out only.
 *
 * <p>Any thread may use it. The interrupt line is called without the lock and never nested: a handler may
 * touch the registers.
 */
public final class Uart16550 implements PortDevice, SerialInput, AutoCloseable {
    public static final int PORT_COUNT = UartReg.COUNT;
    public static final int COM1_PORT = 0x3f8;
    public static final int COM1_LINE = 4;
    public static final int COM2_PORT = 0x2f8;
    public static final int COM2_LINE = 3;

    private static final long CLOCK_HZ = 1_843_200;
    private static final int TICKS_PER_BIT = 16;
    private static final int TIMEOUT_CHARACTERS = 4;
    private static final int[] TRIGGER_LEVELS = {1, 4, 8, 14};

    private final SerialBackend backend;
    private final Clock clock;
    private final Clock.Timer receiveTimer;
    private final TransmitBatch transmit;
    private final SerialAgent interrupt;
    private final ReceiveFifo received = new ReceiveFifo();

    // All below guarded by this.
    private int ier;
    private int lcr;
    private int mcr;
    private int scr;
    private int divisor = 1;
    private boolean fifoEnabled;
    private int triggerLevel = 1;
    private boolean isOverrun;
    private boolean isTimedOut;
    private boolean isThrInterrupt;
    private int wiredLines = UartReg.MSR_CTS | UartReg.MSR_DSR | UartReg.MSR_DCD;
    private int seenLines = wiredLines;
    private int deltas;
    private boolean wasAsserted;
    private boolean isClosed;

    /** @param line the interrupt line, called at each rising edge */
    public Uart16550(Clock clock, SerialBackend backend, Runnable line) {
        this.clock = clock;
        this.backend = backend;
        transmit = new TransmitBatch(backend, clock, this::flush);
        receiveTimer = clock.newTimer(this::onReceiveTimeout);
        interrupt = new SerialAgent() {
            @Override
            protected void doWork() {
                line.run();
            }
        };
        backend.attach(this);
    }

    @Override
    public int in(int offset, int sizeBytes) {
        int value = 0;
        for (int i = 0; i < sizeBytes; i++) { // a wide access is one of each port in turn
            value |= readPort(offset + i) << 8 * i;
        }
        return value;
    }

    @Override
    public void out(int offset, int sizeBytes, int value) {
        for (int i = 0; i < sizeBytes; i++) {
            writePort(offset + i, value >>> 8 * i & 0xff);
        }
    }

    @Override
    public void receive(byte value) {
        boolean rises;
        synchronized (this) {
            if ((mcr & UartReg.MCR_LOOP) == 0) { // the pin is cut off in loopback
                accept(value, 0);
            }
            rises = update();
        }
        notify(rises);
    }

    @Override
    public void receiveBreak() {
        boolean rises;
        synchronized (this) {
            if ((mcr & UartReg.MCR_LOOP) == 0) {
                accept((byte) 0, UartReg.LSR_BREAK);
            }
            rises = update();
        }
        notify(rises);
    }

    @Override
    public void carrier(boolean isOn) {
        boolean rises;
        synchronized (this) {
            wiredLines = isOn ? wiredLines | UartReg.MSR_DCD : wiredLines & ~UartReg.MSR_DCD;
            rises = update();
        }
        notify(rises);
    }

    /** Hands what was batched to the backend. */
    public synchronized void flush() {
        if (!isClosed) {
            transmit.flush();
        }
    }

    /** Flushes and closes the backend; later output is lost. */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            transmit.close();
            isClosed = true;
            receiveTimer.cancel();
            backend.close();
        }
    }

    private int readPort(int port) {
        int value;
        boolean rises;
        synchronized (this) {
            value = readRegister(port);
            rises = update();
        }
        notify(rises);
        return value;
    }

    private void writePort(int port, int value) {
        boolean rises;
        synchronized (this) {
            writeRegister(port, value);
            rises = update();
        }
        notify(rises);
    }

    private void notify(boolean rises) {
        if (rises) {
            interrupt.signal();
        }
    }

    private boolean isDivisorLatch() {
        return (lcr & UartReg.LCR_DLAB) != 0;
    }

    private int readRegister(int port) {
        return switch (port) {
            case UartReg.DATA -> isDivisorLatch() ? divisor & 0xff : takeReceived();
            case UartReg.IER -> isDivisorLatch() ? divisor >>> 8 : ier;
            case UartReg.IIR_FCR -> identifyInterrupt();
            case UartReg.LCR -> lcr;
            case UartReg.MCR -> mcr;
            case UartReg.LSR -> takeLineStatus();
            case UartReg.MSR -> takeModemStatus();
            case UartReg.SCR -> scr;
            default -> 0xff;
        };
    }

    private void writeRegister(int port, int value) {
        switch (port) {
            case UartReg.DATA -> {
                if (isDivisorLatch()) {
                    divisor = divisor & 0xff00 | value;
                } else {
                    send((byte) value);
                }
            }
            case UartReg.IER -> {
                if (isDivisorLatch()) {
                    divisor = divisor & 0xff | value << 8;
                } else {
                    enableInterrupts(value & UartReg.IER_MASK);
                }
            }
            case UartReg.IIR_FCR -> controlFifo(value);
            case UartReg.LCR -> lcr = value;
            case UartReg.MCR -> mcr = value & UartReg.MCR_MASK;
            case UartReg.SCR -> scr = value;
            default -> {} // LSR and MSR are for reading
        }
    }

    private int takeReceived() {
        int value = received.poll();
        isTimedOut = false;
        armReceiveTimer();
        return value;
    }

    private int takeLineStatus() {
        int status = UartReg.LSR_THR_EMPTY | UartReg.LSR_TRANSMITTER_EMPTY;
        status |= received.count() > 0 ? UartReg.LSR_DATA_READY : 0;
        status |= isOverrun ? UartReg.LSR_OVERRUN : 0;
        status |= fifoEnabled && received.hasErrors() ? UartReg.LSR_FIFO_ERROR : 0;
        status |= received.takeErrors();
        isOverrun = false;
        return status;
    }

    private int takeModemStatus() {
        int status = seenLines | deltas;
        deltas = 0;
        return status;
    }

    /** Reading IIR while it tells THR-empty takes that interrupt back; it does so with no other. */
    private int identifyInterrupt() {
        int source = interruptSource();
        if (source == UartReg.IIR_THR_EMPTY) {
            isThrInterrupt = false;
        }
        return source | (fifoEnabled ? UartReg.IIR_FIFO_ENABLED : 0);
    }

    private void send(byte value) {
        if ((mcr & UartReg.MCR_LOOP) != 0) {
            accept(value, 0);
        } else if (!isClosed) {
            transmit.add(value);
        }
        isThrInterrupt = true; // empty again at once
        wasAsserted &= interruptSource() != UartReg.IIR_THR_EMPTY; // between them the line was low
    }

    private void enableInterrupts(int newIer) {
        if ((newIer & ~ier & UartReg.IER_THR_EMPTY) != 0) {
            isThrInterrupt = true; // THR is empty: enabling the interrupt raises it
        }
        ier = newIer;
        armReceiveTimer();
    }

    private void controlFifo(int value) {
        boolean enables = (value & UartReg.FCR_ENABLE) != 0;
        if (enables != fifoEnabled || enables && (value & UartReg.FCR_CLEAR_RECEIVE) != 0) {
            received.clear();
            isTimedOut = false;
        }
        fifoEnabled = enables;
        if (enables) { // the other bits count only with this one
            triggerLevel = TRIGGER_LEVELS[value >>> UartReg.FCR_TRIGGER_SHIFT];
        }
    }

    private void accept(byte value, int error) {
        isOverrun |= !received.add(value, error, fifoEnabled);
        isTimedOut = false;
        armReceiveTimer();
    }

    /** Characters below the trigger level interrupt when nothing has moved for four character times. */
    private void armReceiveTimer() {
        if (fifoEnabled && received.count() > 0 && (ier & UartReg.IER_RECEIVED) != 0) {
            receiveTimer.arm(clock.nowNs() + TIMEOUT_CHARACTERS * characterTimeNs());
        }
    }

    private long characterTimeNs() {
        int bits = 1 + 5 + (lcr & UartReg.LCR_LENGTH_MASK)
                + ((lcr & UartReg.LCR_PARITY) != 0 ? 1 : 0)
                + ((lcr & UartReg.LCR_STOP_BITS) != 0 ? 2 : 1);
        return bits * Math.max(divisor, 1L) * TICKS_PER_BIT * 1_000_000_000L / CLOCK_HZ;
    }

    private void onReceiveTimeout() {
        boolean rises;
        synchronized (this) {
            isTimedOut = fifoEnabled && received.count() > 0;
            rises = update();
        }
        notify(rises);
    }

    /** The pending interrupt of highest priority, as IIR tells it. */
    private int interruptSource() {
        if ((ier & UartReg.IER_LINE_STATUS) != 0 && (isOverrun || received.errors() != 0)) {
            return UartReg.IIR_LINE_STATUS;
        }
        if ((ier & UartReg.IER_RECEIVED) != 0) {
            if (received.count() >= (fifoEnabled ? triggerLevel : 1)) {
                return UartReg.IIR_RECEIVED;
            }
            if (isTimedOut) {
                return UartReg.IIR_TIMEOUT;
            }
        }
        if ((ier & UartReg.IER_THR_EMPTY) != 0 && isThrInterrupt) {
            return UartReg.IIR_THR_EMPTY;
        }
        if ((ier & UartReg.IER_MODEM_STATUS) != 0 && deltas != 0) {
            return UartReg.IIR_MODEM_STATUS;
        }
        return UartReg.IIR_NONE;
    }

    /** Follows modem lines and interrupt pin after any change; true when the pin goes up. */
    private boolean update() {
        int lines = (mcr & UartReg.MCR_LOOP) != 0 ? loopedLines() : wiredLines;
        int changed = lines ^ seenLines;
        deltas |= changed >>> 4 & UartReg.MSR_DELTA_MASK & ~UartReg.MSR_DELTA_RING;
        if ((changed & UartReg.MSR_RI) != 0 && (lines & UartReg.MSR_RI) == 0) {
            deltas |= UartReg.MSR_DELTA_RING;
        }
        seenLines = lines;
        // In loopback OUT2's pin is inactive, whatever its bit says.
        boolean isGateOpen = (mcr & (UartReg.MCR_OUT2 | UartReg.MCR_LOOP)) == UartReg.MCR_OUT2;
        boolean isAsserted = isGateOpen && interruptSource() != UartReg.IIR_NONE;
        boolean rises = isAsserted && !wasAsserted;
        wasAsserted = isAsserted;
        return rises;
    }

    private int loopedLines() {
        return ((mcr & UartReg.MCR_RTS) != 0 ? UartReg.MSR_CTS : 0)
                | ((mcr & UartReg.MCR_DTR) != 0 ? UartReg.MSR_DSR : 0)
                | ((mcr & UartReg.MCR_OUT1) != 0 ? UartReg.MSR_RI : 0)
                | ((mcr & UartReg.MCR_OUT2) != 0 ? UartReg.MSR_DCD : 0);
    }
}
