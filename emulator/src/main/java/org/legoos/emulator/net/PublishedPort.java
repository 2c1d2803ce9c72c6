package org.legoos.emulator.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.legoos.emulator.cluster.ConfigException;

/**
 * A port of the host that leads to a program's: [ADDR:]HOSTPORT:GUESTPORT.
 *
 * @param hostPort 0 for any free one
 */
public record PublishedPort(InetAddress hostAddress, int hostPort, int guestPort) {
    private static final int PORT_MAX = 65535;

    /** Reads the option; a ConfigException says what is wrong with it. Without an address only this machine gets in. */
    public static PublishedPort parse(String text) {
        String rest = text;
        int guestPort = port(text, rest.substring(rest.lastIndexOf(':') + 1), 1);
        if (rest.lastIndexOf(':') < 0) {
            throw wrong(text);
        }
        rest = rest.substring(0, rest.lastIndexOf(':'));
        int colon = rest.endsWith("]") ? rest.length() : rest.lastIndexOf(':');
        int hostPort = port(text, rest.substring(Math.min(colon + 1, rest.length())), 0);
        String address = colon < 0 ? "127.0.0.1" : rest.substring(0, colon);
        try {
            String bare = address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
            if (!bare.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                throw wrong(text); // names would be looked up
            }
            return new PublishedPort(InetAddress.getByName(bare), hostPort, guestPort);
        } catch (UnknownHostException e) {
            throw wrong(text);
        }
    }

    private static int port(String text, String number, int min) {
        if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) > PORT_MAX || Integer.parseInt(number) < min) {
            throw wrong(text);
        }
        return Integer.parseInt(number);
    }

    private static ConfigException wrong(String text) {
        return new ConfigException("--publish " + text + ": expected [ADDRESS:]HOSTPORT:GUESTPORT, e.g. 8080:80 or 0.0.0.0:0:6379");
    }
}
