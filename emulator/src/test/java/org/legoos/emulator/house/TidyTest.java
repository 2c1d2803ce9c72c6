package org.legoos.emulator.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The repository checks its own form: small rooms, clean lines, a README for each module. */
class TidyTest {
    private static final int FILE_LINES_MAX = 460;
    private static final int FUNCTION_LINES_MAX = 70;
    private static final int LINE_CHARS_MAX = 160;
    private static final int MEDIAN_LINES_MAX = 150;

    private static final Pattern FUNCTION_START = Pattern.compile(" {4}(?! )(?!.*\\b(class|record|enum|interface)\\b).*\\).*\\{");
    private static final String FUNCTION_END = "    }";
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?[\\w.]+\\.(\\w+);");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+(?:\\*\\s+)?[\\w.]*#(\\w+)");

    private static List<Path> javaFiles() throws IOException {
        Path home = Path.of(System.getProperty("legoos.home", ".."));
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path -> path.toString().endsWith(".java") && path.toString().contains("/src/")).sorted().toList();
        }
    }

    @Test
    void roomsAreSmall() throws IOException {
        List<String> tooLarge = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (Path file : javaFiles()) {
            List<String> lines = Files.readAllLines(file);
            if (file.toString().contains("/src/main/")) {
                sizes.add(lines.size());
            }
            if (file.toString().contains("/src/main/") && lines.size() > FILE_LINES_MAX) {
                tooLarge.add(file + " has " + lines.size() + " lines");
            }
            addLongFunctions(file, lines, tooLarge);
        }
        assertThat(tooLarge).isEmpty();
        sizes.sort(null);
        assertThat(sizes).hasSizeGreaterThan(100);
        assertThat(sizes.get(sizes.size() / 2)).isLessThan(MEDIAN_LINES_MAX);
    }

    private static void addLongFunctions(Path file, List<String> lines, List<String> tooLarge) {
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (FUNCTION_START.matcher(lines.get(i)).matches()) {
                start = i;
            } else if (lines.get(i).equals(FUNCTION_END) && start >= 0) {
                if (i - start + 1 > FUNCTION_LINES_MAX) {
                    tooLarge.add(file + ":" + (start + 1) + " has a function of " + (i - start + 1) + " lines");
                }
                start = -1;
            }
        }
    }

    @Test
    void linesAreClean() throws IOException {
        List<String> unclean = new ArrayList<>();
        for (Path file : javaFiles()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.indexOf('\t') >= 0 || line.endsWith(" ") || line.length() > LINE_CHARS_MAX) {
                    unclean.add(file + ":" + number);
                }
            }
        }
        assertThat(unclean).isEmpty();
    }

    @Test
    void importsAreUsed() throws IOException {
        List<String> unused = new ArrayList<>();
        for (Path file : javaFiles()) {
            List<String> names = new ArrayList<>();
            StringBuilder code = new StringBuilder();
            for (String line : Files.readAllLines(file)) {
                Matcher imported = IMPORT.matcher(line);
                if (imported.matches()) {
                    names.add(imported.group(1));
                } else {
                    code.append(line).append('\n');
                }
            }
            names.removeIf(name -> Pattern.compile("\\b" + name + "\\b").matcher(code).find());
            names.forEach(name -> unused.add(file + ": " + name));
        }
        assertThat(unused).isEmpty();
    }

    /** What they name is somewhere in the code, as a member of that class or of one that it inherits from. */
    @Test
    void docCommentsPointAtWhatThereIs() throws IOException {
        Set<String> names = new HashSet<>();
        List<String> links = new ArrayList<>();
        for (Path file : javaFiles()) {
            String text = Files.readString(file);
            NAME.matcher(COMMENT.matcher(text).replaceAll(" ")).results().forEach(name -> names.add(name.group()));
            LINK.matcher(text).results().forEach(link -> links.add(link.group(1) + " in " + file));
        }
        assertThat(links).hasSizeGreaterThan(100);
        links.removeIf(link -> names.contains(link.substring(0, link.indexOf(' '))));
        assertThat(links).isEmpty();
    }

    @Test
    void everyModuleHasAReadme() {
        Path home = Path.of(System.getProperty("legoos.home", ".."));
        for (String module : List.of("isa-x86", "dev-serial", "dev-mlx4", "elf-loader", "kernel", "fit", "managers", "emulator")) {
            assertThat(home.resolve(module).resolve("README.md")).exists();
        }
    }
}
