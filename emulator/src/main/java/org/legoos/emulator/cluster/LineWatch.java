package org.legoos.emulator.cluster;

import java.util.regex.Pattern;
import org.legoos.isa.time.Clock;
import org.legoos.kernel.printk.LogLevel;
import org.legoos.kernel.printk.Printk;
import org.legoos.kernel.sched.Completion;

/** A console that waits for one line. It stays registered, but costs nothing after its line has come. */
final class LineWatch implements Printk.Console {
    private final Pattern wanted;
    private final Completion seen = new Completion();

    LineWatch(Pattern wanted) {
        this.wanted = wanted;
    }

    @Override
    public void line(LogLevel level, String stampedLine) {
        if (!seen.isDone() && wanted.matcher(stampedLine).find()) {
            seen.complete();
        }
    }

    boolean await(Clock clock, long deadlineNs) {
        return seen.await(clock, 0, deadlineNs);
    }
}
