package org.legoos.kernel.syscall;

/** Writes docs/syscalls.md from the table. */
public final class SyscallsPage {
    private SyscallsPage() {}

    public static String markdown(SyscallTable<?> table) {
        StringBuilder rows = new StringBuilder();
        int[] counts = new int[Support.values().length];
        for (int nr = 0; nr < SyscallTable.SIZE; nr++) {
            Signatures.Signature signature = Signatures.of(nr);
            if (signature == null) {
                continue;
            }
            Support support = table.support(nr);
            counts[support.ordinal()]++;
            rows.append("| ").append(nr).append(" | ").append(signature.name()).append(" | ").append(support)
                    .append(" | ").append(table.remark(nr)).append(" |\n");
        }
        return """
                # System calls

                Generated from the system call table; a test fails when this page is stale.
                FULL: as Linux does it, as far as programs on one processor node can see. PARTIAL: the remark says what is
                missing. NONE: answers ENOSYS. FULL: %d, PARTIAL: %d, NONE: %d.

                | nr | name | support | remark |
                |---:|---|---|---|
                %s
                ## Flags

                What the calls above do with each flag or code of their arguments; from the kernel's flags.tbl, against which
                the conformance tests are audited.

                | argument | done | not done |
                |---|---|---|
                %s""".formatted(counts[0], counts[1], counts[2], rows, flags());
    }

    private static String flags() {
        StringBuilder rows = new StringBuilder();
        for (FlagKind kind : FlagTable.all()) {
            StringBuilder done = new StringBuilder();
            StringBuilder missing = new StringBuilder();
            for (FlagKind.Flag flag : kind.flags()) {
                if (flag.why().isEmpty()) {
                    done.append(done.isEmpty() ? "" : " ").append(flag.name());
                } else {
                    missing.append(missing.isEmpty() ? "" : "; ").append(flag.name()).append(": ").append(flag.why());
                }
            }
            rows.append("| ").append(kind.name()).append(" | ").append(done).append(" | ").append(missing).append(" |\n");
        }
        return rows.toString();
    }
}
