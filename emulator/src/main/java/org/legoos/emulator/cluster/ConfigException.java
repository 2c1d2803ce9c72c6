package org.legoos.emulator.cluster;

/** What the user asked for cannot be; the message is one line that says what and what was expected. */
public class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}
