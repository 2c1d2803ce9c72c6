package org.legoos.kernel.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of numbers and the errno names against the host's headers. */
class SignaturesTest {
    private static String header(String... candidates) throws IOException {
        for (String candidate : candidates) {
            if (Files.exists(Path.of(candidate))) {
                return Files.readString(Path.of(candidate));
            }
        }
        assumeTrue(false, "no Linux headers");
        return "";
    }

    @Test
    void numbersAreThoseOfLinux() throws IOException {
        String text = header("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h");
        Matcher line = Pattern.compile("#define __NR_(\\w+) (\\d+)").matcher(text);
        int count = 0;
        while (line.find()) {
            int nr = Integer.parseInt(line.group(2));
            if (nr <= 450) {
                assertThat(Signatures.nameOf(nr)).isEqualTo(line.group(1));
                count++;
            }
        }
        assertThat(count).isGreaterThan(300);
    }

    @Test
    void errnosAreThoseOfLinux() throws IOException {
        String text = header("/usr/include/asm-generic/errno-base.h") + header("/usr/include/asm-generic/errno.h");
        Matcher line = Pattern.compile("#define\\s+(E\\w+)\\s+(\\d+)").matcher(text);
        while (line.find()) {
            assertThat(Errno.name(Integer.parseInt(line.group(2)))).isEqualTo(line.group(1));
        }
    }

    @Test
    void unknownNumbersHaveNames() {
        assertThat(Signatures.nameOf(0x270f)).isEqualTo("syscall_0x270f");
        assertThat(Signatures.nameOf(-1)).isEqualTo("syscall_0xffffffffffffffff");
        assertThat(Signatures.nameOf(601)).isEqualTo("pcache_stat");
    }

    @Test
    void missingCallsAreLoggedOnce() {
        var log = new org.legoos.kernel.printk.Printk(new org.legoos.isa.time.VirtualClock());
        MissingSyscalls missing = new MissingSyscalls(log);
        for (int i = 0; i < 3; i++) {
            assertThat(missing.missing(41)).isEqualTo(-Errno.ENOSYS);
            assertThat(missing.missing(-1 - i)).isEqualTo(-Errno.ENOSYS);
        }
        assertThat(log.dump().lines().filter(l -> l.endsWith("NOTICE: Missing syscall nr: 41"))).hasSize(1);
        assertThat(missing.summary()).isEqualTo("41 (socket), out of range");
    }
}
