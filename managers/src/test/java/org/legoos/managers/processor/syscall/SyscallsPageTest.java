package org.legoos.managers.processor.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.syscall.SyscallsPage;

/** docs/syscalls.md is what the table says. {@code -Dlegoos.writeDocs=true} writes it. */
class SyscallsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "syscalls.md");

    @Test
    void pageIsUpToDate() throws IOException {
        String wanted = SyscallsPage.markdown(ProcessorSyscalls.table());
        if (Boolean.getBoolean("legoos.writeDocs")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }
}
