package org.legoos.emulator.programs;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.legoos.emulator.cluster.Topology;
import org.legoos.isa.natives.DebianPackages;

/**
 * A binary that nobody built for us: Debian's busybox-static, its applets natively and in the guest. Both sides work in
 * a directory with the same files (the guest's is /), and commands find what earlier ones left.
 */
class BusyboxTest {
    /** Commands as lists of words after "busybox"; words are separated by '~' where a blank would not do. */
    private static final String[] COMMANDS = {
        "true", "false", "echo hello world", "echo -n -e a\\tb", "printf~%05d %s %x\\n~42~text~255",
        "sha256sum words", "sha1sum words", "sha512sum words", "md5sum words numbers", "cksum words", "crc32 words",
        "cat words", "cat numbers words", "cat missing", "wc words", "wc -l numbers", "head -n 3 words", "tail -n 3 words", "tac numbers",
        "sort words", "sort -rn numbers", "sort -u words", "uniq -c numbers", "cut -c 2-4 words", "tr a-z A-Z", "rev words", "nl numbers",
        "fold -w 20 words", "od -c numbers", "od -A x -t x1 words", "hexdump -C numbers", "base64 words", "expand words", "paste numbers words",
        "grep -n e words", "grep -c zebra words", "grep -v a numbers", "egrep~^[a-f].*(t|e)$~words",
        "sed~s/[aeiou]/<&>/g;3d;$!N;P;D~words", "sed~-n~/m/,/p/p~words",
        "awk~{ n += length($0); seen[$1]++ } END { for (k in seen) c++; print n, c, NR, sin(1), 7/3 }~words",
        "awk~BEGIN { for (i = 0; i < 20000; i++) { s = (s * 31 + i) % 65521; a[i % 97] = s }; print s, a[5]; printf \"%.3f %e\\n\", 22/7, 1e10 }",
        "expr 6 * 7", "expr length abcdef", "test -f words", "test -d words", "[ 1 -lt 2 ]", "[~a~=~b~]", "seq 1 5", "seq -s, 3 3 30", "factor 1234567890",
        "bc~-l~-q", "dc~-e~10 k 2 v p 3 5 ^ p", "cal 2 2000", "date -u -d @0", "date~-u~-d~@1234567890~+%Y-%m-%d %H:%M:%S %j",
        "basename /a/b.c .c", "dirname /a/b.c", "id -u", "whoami", "uname -s", "uname -m", "env -i A=b", "printenv TERM", "nproc --ignore=1000",
        "mkdir -p box/a/b", "touch box/a/file", "cp words box/copy", "cp -r box/a box/c", "mv box/copy box/moved", "ls box", "ls -1 box/a",
        "ls -R box", "find box/a/file -newer missing", "find~box~-name~m*ed~-size~-4", "ln -s moved box/link", "ln box/moved box/hard", "readlink box/link",
        "cat box/link", "stat~-c~%s %a %F %h~box/moved", "chmod 600 box/moved", "stat~-c~%a~box/moved", "cmp words box/moved",
        "diff words numbers", "diff -u words box/moved", "du -a box/missing", "rm box/hard", "rmdir box", "truncate -s 1000 box/zeros", "md5sum box/zeros",
        "dd if=words of=box/dd bs=7 count=3 skip=1", "cat box/dd", "dd if=/dev/zero of=box/big bs=4096 count=100", "sha1sum box/big",
        "gzip -k words", "gunzip -c words.gz", "rm words.gz", "bzip2 -k numbers", "bunzip2 -c numbers.bz2", "gzip box/big",
        "gunzip box/big.gz", "sha1sum box/big", "tar cf box.tar words numbers", "tar tf box.tar", "tar~xf~box.tar~-O~words", "split -l 10 words box/part-",
        "cat box/part-aa box/part-ab", "sum words", "uuencode words name", "shuf -n 0 words", "comm words words", "strings words", "which nothing",
        "sh~-c~echo one; exit 3",
        "sh~-c~i=0; while [ $i -lt 300 ]; do i=$((i + 1)); s=$((s + i * i)); done; echo $s $i",
        "sh~-c~f() { local x=$1; if [ $x -le 1 ]; then echo $x; return; fi; echo \"$x \"; f $((x - 2)); }; f 9",
        "sh~-c~while read a b; do echo \"$b-$a\"; done",
        "sh~-c~for w in one two three; do case $w in t*) echo $w >> box/list;; esac; done; read first < box/list; echo $first",
        "sh~-c~x=abc.tar.gz; echo ${x%%.*} ${x#*.} ${#x} ${y:-unset} ${x/tar/zip}",
        "sh~-c~set -e; false; echo not reached", "sh~-c~trap 'echo leaving' EXIT; trap 'echo got it' USR1; kill -USR1 $$; echo after",
        "sh~-c~kill -TERM $$", "sh~-c~nothing-of-that-name", "sh~-c~echo to stderr >&2; printf '%s\\n' \"$0\" \"$@\"~zero~one~two words",
        "sh~-c~umask 077; echo x > box/private", "stat~-c~%a~box/private", "sh~missing-script",
        "rm -r box box.tar numbers.bz2", "no-such-applet",
    };

    private static final byte[] STDIN = "first line here\nsecond one\n2^10; scale=5; 22/7\n".getBytes(StandardCharsets.US_ASCII);

    private static Path busybox;

    @BeforeAll
    static void fetch() {
        try {
            busybox = Stream.of("bin/busybox", "usr/bin/busybox").map(fetched()::resolve).filter(Files::isExecutable).findFirst().orElseThrow();
        } catch (IOException e) {
            Assumptions.abort("Debian's busybox-static cannot be had: " + e.getMessage());
        }
    }

    private static Path fetched() throws IOException {
        return DebianPackages.fetch("busybox-static");
    }

    private static List<String> words(String command) {
        return List.of(command.split(command.contains("~") ? "~" : " "));
    }

    @TestFactory
    Stream<DynamicTest> appletsAreEqual() throws IOException {
        GuestRunner guest = new GuestRunner(Topology.load("1P-1M")).file("/bin/busybox", busybox);
        for (String name : List.of("words", "numbers")) {
            guest.file("/" + name, Files.writeString(guest.reference().work().resolve(name), content(name)));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (String command : COMMANDS) {
            tests.add(dynamicTest(command, () -> guest.compare(busybox, "/bin/busybox", words(command), STDIN)));
        }
        return tests.stream().onClose(() -> {
            try {
                guest.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String content(String name) {
        StringBuilder text = new StringBuilder();
        long state = name.hashCode();
        for (int i = 0; i < 60; i++) {
            if (name.equals("numbers")) {
                text.append(i * i % 37 - 5).append('\n');
                continue;
            }
            for (int j = 0; j < 3 + i % 7; j++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                text.append((char) ('a' + (state >>> 33) % 26));
            }
            text.append(i % 3 == 0 ? " " : "\n");
        }
        return text.append('\n').toString();
    }
}
