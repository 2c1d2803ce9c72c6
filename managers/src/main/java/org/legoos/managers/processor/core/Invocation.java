package org.legoos.managers.processor.core;

import java.util.List;

/**
 * What to start, as execve(2) has it. Paths are bytes, one a character.
 *
 * @param path of the ELF file or script in the cluster's file system; without a slash it is looked for in envp's PATH (execvp(3))
 * @param argv arguments, with the program's name first
 * @param envp NAME=value strings
 * @param directory where it starts
 * @param isOutlived whether its descendants live on when it ends, as in a cluster that stays up; else they are killed
 */
public record Invocation(String path, List<byte[]> argv, List<byte[]> envp, String directory, boolean isOutlived) {
    private static final String PATH = "PATH=";

    /** The paths to try, in order. */
    List<String> candidates() {
        if (path.isEmpty() || path.indexOf('/') >= 0) {
            return List.of(path);
        }
        for (byte[] entry : envp) {
            String text = Program.latin1(entry);
            if (text.startsWith(PATH)) {
                return List.of(text.substring(PATH.length()).split(":", -1)).stream()
                        .map(directory -> directory.isEmpty() ? "./" + path : directory + "/" + path).toList();
            }
        }
        return List.of("/bin/" + path, "/usr/bin/" + path);
    }
}
