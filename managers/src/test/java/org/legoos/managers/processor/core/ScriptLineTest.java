package org.legoos.managers.processor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.legoos.kernel.syscall.SysError;

/** The rules of binfmt_script, in the cases in which scripts differ from each other. */
class ScriptLineTest {
    private static List<String> parse(String start) {
        List<byte[]> line = ScriptLine.parse(start.getBytes());
        return line == null ? null : line.stream().map(String::new).toList();
    }

    @Test
    void interpreterAndOneArgument() {
        assertThat(parse("#!/bin/sh\necho")).containsExactly("/bin/sh");
        assertThat(parse("#! \t/bin/sh -e  -x \t\necho")).containsExactly("/bin/sh", "-e  -x");
        assertThat(parse("#!/bin/sh")).containsExactly("/bin/sh");
        assertThat(parse("#!/bin/sh\0 -e\n")).containsExactly("/bin/sh");
        assertThat(parse("#!/bin/sh -e\0x\n")).containsExactly("/bin/sh", "-e");
        assertThat(parse("#!/bin/sh\r\n")).containsExactly("/bin/sh\r");
    }

    @Test
    void otherFilesAreNoScripts() {
        assertThat(parse("")).isNull();
        assertThat(parse("#")).isNull();
        assertThat(parse(" #!/bin/sh\n")).isNull();
        assertThat(parse("\u007fELF")).isNull();
    }

    @Test
    void emptyLinesAreNoPrograms() {
        for (String start : new String[] {"#!", "#!\n", "#! \t \n/bin/sh", "#!" + " ".repeat(400)}) {
            assertThatThrownBy(() -> parse(start)).as("'%s'", start).isInstanceOf(SysError.class);
        }
    }

    @Test
    void aLongLineLosesItsArgumentsEndButNotTheInterpreters() {
        String argument = "a".repeat(300);
        assertThat(parse("#!/bin/sh " + argument)).containsExactly("/bin/sh", argument.substring(0, 255 - 10));
        assertThatThrownBy(() -> parse("#!/" + "b".repeat(300))).isInstanceOf(SysError.class);
        assertThat(parse("#!/" + "b".repeat(252) + "\n")).containsExactly("/" + "b".repeat(252));
    }
}
