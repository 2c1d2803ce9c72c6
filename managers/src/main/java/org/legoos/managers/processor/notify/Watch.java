package org.legoos.managers.processor.notify;

/** One watched path of one inotify instance. Guarded by its {@link Notifier}. */
final class Watch {
    final InotifyFile instance;
    final int number;
    String path;
    int mask;

    Watch(InotifyFile instance, int number, String path, int mask) {
        this.instance = instance;
        this.number = number;
        this.path = path;
        this.mask = mask;
    }
}
