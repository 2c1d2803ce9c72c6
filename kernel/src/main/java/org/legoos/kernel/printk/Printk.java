package org.legoos.kernel.printk;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.legoos.isa.time.Clock;

/**
 * The kernel log: lines stamped {@code [ssssss.uuuuuu]} with the time since boot, kept in a bounded ring
 * (dmesg, syslog(2)) and handed to the registered consoles. Any thread may print; a console must not print.
 */
public final class Printk {
    /** As Linux's default log buffer (2^18 bytes): old lines fall out. */
    public static final int RING_BYTES = 1 << 18;

    /** Lines less important than this go only to the ring. */
    private static final LogLevel CONSOLE_LEVEL = LogLevel.INFO;

    /** Gets complete lines, without the line end. Called with the log's lock held: keep it short. */
    @FunctionalInterface
    public interface Console {
        void line(LogLevel level, String stampedLine);
    }

    private record Line(LogLevel level, String stamped) {}

    private final Clock clock;
    private final long bootNs;
    private final CopyOnWriteArrayList<Console> consoles = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Line> ring = new ArrayDeque<>(); // guarded by this
    private long droppedLines; // guarded by this: the number of the ring's first line
    private int ringBytes; // guarded by this
    private final Set<String> once = new HashSet<>(); // guarded by this

    public Printk(Clock clock) {
        this.clock = clock;
        this.bootNs = clock.nowNs();
    }

    /** Adds a console and replays the ring to it, as Linux does for a late console. */
    public synchronized void register(Console console) {
        for (Line line : ring) {
            console.line(LogLevel.INFO, line.stamped);
        }
        consoles.add(console);
    }

    public void err(String format, Object... args) {
        log(LogLevel.ERR, format, args);
    }

    public void warn(String format, Object... args) {
        log(LogLevel.WARNING, format, args);
    }

    public void notice(String format, Object... args) {
        log(LogLevel.NOTICE, format, args);
    }

    public void info(String format, Object... args) {
        log(LogLevel.INFO, format, args);
    }

    public void debug(String format, Object... args) {
        log(LogLevel.DEBUG, format, args);
    }

    /** Prints the line the first time that {@code key} is seen on this node; for what guests can cause at will. */
    public void once(LogLevel level, String key, String format, Object... args) {
        synchronized (this) {
            if (once.size() >= 4096 || !once.add(key)) {
                return;
            }
        }
        log(level, format, args);
    }

    public void log(LogLevel level, String format, Object... args) {
        String text = args.length == 0 ? format : String.format(Locale.ROOT, format, args);
        for (String line : text.split("\n", -1)) {
            emit(level, line);
        }
    }

    private synchronized void emit(LogLevel level, String line) {
        long micros = (clock.nowNs() - bootNs) / 1000;
        String stamped = stamp(micros) + line;
        ring.add(new Line(level, stamped));
        ringBytes += stamped.length() + 1;
        while (ringBytes > RING_BYTES) {
            ringBytes -= ring.remove().stamped.length() + 1;
            droppedLines++;
        }
        if (level.compareTo(CONSOLE_LEVEL) <= 0) {
            for (Console console : consoles) {
                console.line(level, stamped);
            }
        }
    }

    private static String stamp(long micros) {
        String seconds = Long.toString(micros / 1_000_000);
        String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        return "[" + " ".repeat(Math.max(0, 5 - seconds.length())) + seconds + "." + fraction + "] ";
    }

    /** The ring's content, oldest line first. */
    public synchronized String dump() {
        StringBuilder text = new StringBuilder();
        for (Line line : ring) {
            text.append(text.isEmpty() ? "" : "\n").append(line.stamped);
        }
        return text.toString();
    }

    /** The number that the next line gets; lines are counted from 0. */
    public synchronized long nextLine() {
        return droppedLines + ring.size();
    }

    /** The lines from that number on that the ring still has, each as {@code <level>[time] text} with its line end: syslog(2)'s form. */
    public synchronized String syslog(long fromLine) {
        StringBuilder text = new StringBuilder();
        long number = droppedLines;
        for (Line line : ring) {
            if (number++ >= fromLine) {
                text.append('<').append(line.level.ordinal()).append('>').append(line.stamped).append('\n');
            }
        }
        return text.toString();
    }
}
