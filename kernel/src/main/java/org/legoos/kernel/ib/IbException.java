package org.legoos.kernel.ib;

/** An HCA command failed or a resource is exhausted. */
public final class IbException extends RuntimeException {
    private final int errno;

    public IbException(int errno, String message) {
        super(message);
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
