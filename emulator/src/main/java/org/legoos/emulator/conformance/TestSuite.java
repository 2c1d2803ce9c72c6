package org.legoos.emulator.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.legoos.emulator.usr.UsrTree;

/** The tests of usr/tests (see its README): which there are, where their programs are, and what is known of them. */
public final class TestSuite {
    private static final String KNOWN_FAILING = "known-failing";

    private final UsrTree usr;
    private final List<TestCase> cases;

    private TestSuite(UsrTree usr, List<TestCase> cases) {
        this.usr = usr;
        this.cases = List.copyOf(cases);
    }

    /** Reads the tests' names and the outcome list below usr/. */
    public static TestSuite read(UsrTree usr) throws IOException {
        Path tests = usr.path("tests");
        Map<String, String> reasons = reasons(tests.resolve("outcomes"));
        List<TestCase> cases = new ArrayList<>();
        for (Path directory : sorted(tests)) {
            String testClass = directory.getFileName().toString();
            if (Files.isDirectory(directory) && !testClass.startsWith(".")) {
                for (Path source : sorted(directory)) {
                    String file = source.getFileName().toString();
                    if (file.endsWith(".c")) {
                        String name = file.substring(0, file.length() - 2);
                        String reason = reasons.remove(testClass + "/" + name);
                        cases.add(new TestCase(testClass, name, reason == null ? "" : reason));
                    }
                }
            }
        }
        if (!reasons.isEmpty()) {
            throw new IOException(tests.resolve("outcomes") + " names tests that are not there: " + reasons.keySet());
        }
        return new TestSuite(usr, cases);
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private static Map<String, String> reasons(Path outcomes) throws IOException {
        Map<String, String> reasons = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(outcomes)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.strip().split("\\s+", 3);
            if (words.length != 3 || !words[1].equals(KNOWN_FAILING)) {
                throw new IOException(outcomes + ":" + number + ": expected CLASS/NAME " + KNOWN_FAILING + " REASON");
            }
            reasons.put(words[0], words[2]);
        }
        return reasons;
    }

    /** Builds the tests' programs; the exception holds what make and the compiler said. */
    public void build() throws IOException {
        usr.make("tests");
    }

    /** All tests, by class and name. */
    public List<TestCase> cases() {
        return cases;
    }

    /** The tests that a word names: a class, or CLASS/NAME. */
    public List<TestCase> named(String word) {
        return cases.stream().filter(test -> test.testClass().equals(word) || test.id().equals(word)).toList();
    }

    public List<String> classes() {
        return cases.stream().map(TestCase::testClass).distinct().toList();
    }

    /** The program that holds a class's tests. */
    public Path program(String testClass) {
        return usr.path("tests/.build").resolve(testClass);
    }
}
