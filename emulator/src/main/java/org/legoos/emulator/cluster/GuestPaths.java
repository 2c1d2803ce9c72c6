package org.legoos.emulator.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where a file that the user names on the host appears in the cluster. */
public final class GuestPaths {
    private GuestPaths() {}

    /**
     * The path as typed, made absolute at the cluster's root ("usr/hello" becomes "/usr/hello"), so that a
     * relative name of a program means the same file inside, where the working directory is "/".
     */
    public static String of(String hostPath) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : hostPath.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** A path as the kernels keep it, where names are bytes: one char for each byte of its UTF-8. */
    public static String bytesAsChars(String path) {
        return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
