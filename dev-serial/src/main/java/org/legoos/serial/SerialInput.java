package org.legoos.serial;

/** The receive pins of a UART; any thread. */
public interface SerialInput {
    /** One character arrives; it is lost, and the UART's overrun bit says so, when software was too slow. */
    void receive(byte value);

    /** The line is held at break. */
    void receiveBreak();

    /** Somebody is (not) there: the DCD line. */
    void carrier(boolean isOn);
}
