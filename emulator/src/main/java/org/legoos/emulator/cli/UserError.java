package org.legoos.emulator.cli;

/** Something the user can mend; one line, and the exit status that shells use for it. */
final class UserError extends RuntimeException {
    private final int exitStatus;

    UserError(int exitStatus, String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    int exitStatus() {
        return exitStatus;
    }
}
