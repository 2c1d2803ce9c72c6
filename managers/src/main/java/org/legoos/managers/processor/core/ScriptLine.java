package org.legoos.managers.processor.core;

import java.util.List;
import org.legoos.kernel.syscall.Errno;
import org.legoos.kernel.syscall.SysError;

/**
 * The first line of a "#!" file, by the rules of Linux's fs/binfmt_script.c: of the first 256 bytes, up to a newline
 * or NUL; an interpreter and at most one argument, with blanks around both removed and blanks inside the argument kept.
 * A line that does not end within them may lose the end of its argument, but not of its interpreter's name.
 */
final class ScriptLine {
    /** BINPRM_BUF_SIZE. */
    static final int BUFFER_BYTES = 256;

    private ScriptLine() {}

    /**
     * The interpreter and, if there is one, its argument; null when the file is no script.
     *
     * @param start the file's first bytes; more than {@link #BUFFER_BYTES} are passed over
     */
    static List<byte[]> parse(byte[] start) {
        if (start.length < 2 || start[0] != '#' || start[1] != '!') {
            return null;
        }
        byte[] buffer = new byte[BUFFER_BYTES]; // what a short file lacks is NULs
        System.arraycopy(start, 0, buffer, 0, Math.min(start.length, BUFFER_BYTES));
        String text = Program.latin1(buffer);
        int end = newline(text);
        while (end > 2 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        int name = skipBlanks(text, 2, end);
        if (name == end || text.charAt(name) == 0) {
            throw SysError.of(Errno.ENOEXEC);
        }
        int nameEnd = wordEnd(text, name, end);
        int argument = nameEnd < end && text.charAt(nameEnd) != 0 ? skipBlanks(text, nameEnd, end) : end;
        int argumentEnd = argument;
        while (argumentEnd < end && text.charAt(argumentEnd) != 0) {
            argumentEnd++;
        }
        byte[] interpreter = Program.bytes(text.substring(name, nameEnd));
        return argument == argumentEnd
                ? List.of(interpreter)
                : List.of(interpreter, Program.bytes(text.substring(argument, argumentEnd)));
    }

    /** Where the line ends; a line without end must at least have the end of its first word. */
    private static int newline(String text) {
        int end = text.indexOf('\n');
        if (end >= 0) {
            return end;
        }
        int last = BUFFER_BYTES - 1;
        int name = skipBlanks(text, 2, last);
        if (name == last || wordEnd(text, name, last) == last) {
            throw SysError.of(Errno.ENOEXEC);
        }
        return last;
    }

    private static int skipBlanks(String text, int from, int end) {
        int at = from;
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from, int end) {
        int at = from;
        while (at < end && !isBlank(text.charAt(at)) && text.charAt(at) != 0) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
