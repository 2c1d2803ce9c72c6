package org.legoos.isa.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fetching script against a make-believe apt: no network. */
class DebianPackagesTest {
    @TempDir
    Path directory;

    private Path cache;

    private void tool(String name, String body) throws IOException {
        Path file = directory.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\necho \"" + name + " $*\" >>" + directory + "/calls\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @BeforeEach
    void makeBelieveApt() throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        cache = directory.resolve("cache");
        tool("apt-get", """
                case "$*" in
                *indextargets*) echo "some-suite main http://mirror.invalid/debian/";;
                *update*) exit 0;;
                *download*) touch package_1.0_amd64.deb;;
                esac""");
        tool("apt-cache", """
                case "$*" in
                *search*absent*) ;;
                *search*^libthing*) echo "libthing4 - old"; echo "libthing10 - new";;
                *search*libthing4) echo "libthing4-dbg - symbols"; echo "libthing4 - old";;
                *show*) echo "Version: 1:2.3+b1";;
                esac""");
        tool("apt-config", "echo sources.list.d");
        tool("dpkg-deb", "mkdir -p \"$3/usr/lib\"");
    }

    private String fetch(int expectedExitCode, String suites, String pattern) throws Exception {
        try (InputStream script = DebianPackages.class.getResourceAsStream("fetch-debian-package.sh")) {
            ProcessBuilder builder = new ProcessBuilder("bash", "-c",
                    new String(script.readAllBytes(), StandardCharsets.UTF_8), "fetch", cache.toString(), suites, pattern);
            builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            Process process = builder.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor()).isEqualTo(expectedExitCode);
            return answer;
        }
    }

    private List<String> calls(String word) throws IOException {
        return Files.readAllLines(directory.resolve("calls")).stream().filter(line -> line.contains(word)).toList();
    }

    @Test
    void unpacksTheHighestMatchOfTheFirstSuite() throws Exception {
        String[] answer = fetch(0, "newer,newest", "^libthing[0-9]").split(" ");
        assertThat(answer).startsWith("newer", "libthing10", "1:2.3+b1");
        assertThat(Path.of(answer[3]).resolve("usr/lib")).isDirectory();
        assertThat(Path.of(answer[3])).startsWith(cache);
        assertThat(cache.resolve("newer/sources.list")).content()
                .contains("http://mirror.invalid/debian/ newer main");
    }

    @Test
    void takesAPlainNameToTheLetter() throws Exception {
        assertThat(fetch(0, "newer", "libthing4")).startsWith("newer libthing4 1:2.3+b1 ");
    }

    @Test
    void fetchesOnce() throws Exception {
        String first = fetch(0, "newer", "^libthing[0-9]");
        assertThat(fetch(0, "newer", "^libthing[0-9]")).isEqualTo(first);
        assertThat(calls("download")).hasSize(1);
        assertThat(calls("update")).hasSize(1);
    }

    @Test
    void saysWhenThereIsNoSuchPackage() throws Exception {
        assertThat(fetch(4, "newer,newest", "absent")).isEmpty();
        assertThat(calls("update")).hasSize(2);
    }

    @Test
    void waitsAfterAFailedUpdate() throws Exception {
        tool("apt-get", """
                case "$*" in
                *indextargets*) echo "some-suite main http://mirror.invalid/debian/";;
                *) exit 100;;
                esac""");
        fetch(4, "newer", "libthing4");
        fetch(4, "newer", "libthing4");
        assertThat(calls("update")).hasSize(1);
    }

    @Test
    void leavesTheSystemsAptAlone() throws Exception {
        fetch(0, "newer", "libthing4");
        for (String call : calls("apt-get")) {
            assertThat(call).containsAnyOf("-c=" + cache, "indextargets");
        }
        assertThat(Files.readString(cache.resolve("newer/apt.conf")))
                .contains("Dir::State::lists \"" + cache).contains("Dir::Cache::archives \"" + cache);
    }
}
