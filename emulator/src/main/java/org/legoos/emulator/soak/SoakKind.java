package org.legoos.emulator.soak;

import java.util.List;

/**
 * A program of usr/soak and how often it does its operation.
 *
 * @param quickCount operations when nothing else is said: some seconds
 */
public record SoakKind(String name, String operation, long quickCount) {
    /** All kinds, in the order in which "all" runs them. */
    public static final List<SoakKind> ALL = List.of(
            new SoakKind("forks", "processes made and ended: fork, vfork, clone3, killed, orphaned", 3_000),
            new SoakKind("execs", "programs started by fork, vfork, posix_spawn, from a thread", 300),
            new SoakKind("threads", "threads made and ended: joined, detached, cancelled, with a robust mutex", 5_000),
            new SoakKind("signals", "signals sent and taken: handlers, queues, signalfd, timers, faults, between processes", 100_000),
            new SoakKind("futex", "futex calls: at once, with a wake-up of a thread or process, timed out, PI", 500_000),
            new SoakKind("files", "files and directories made, used, mapped, renamed, removed", 3_000),
            new SoakKind("sockets", "connections and datagrams: TCP, UDP, AF_UNIX, descriptors passed, given up", 5_000),
            new SoakKind("pipes", "pipes, FIFOs, eventfd, epoll, timerfd, System V and POSIX IPC", 10_000),
            new SoakKind("memory", "ranges mapped, touched, split, moved, unmapped", 20_000));
}
