package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.legoos.emulator.control.ControlClient;
import org.legoos.emulator.control.ExecRequest;
import org.legoos.emulator.stdio.HostFd;
import org.legoos.isa.libc.TerminalMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego exec [NODE] PROGRAM [ARG...]}: runs a program on a cluster that is up, as if natively. */
@Command(name = "exec", mixinStandardHelpOptions = true,
        synopsisHeading = "Usage: lego exec [OPTION...] [NODE] [OPTION...] PROGRAM [ARG...]%n", customSynopsis = "",
        description = {"Run a program on a cluster that 'lego boot' started; stdin, stdout, stderr and the exit status are the program's.",
            "NODE is a processor node; without it the one with the fewest processes is taken. A PROGRAM without a slash is looked for in PATH."},
        footer = "Exit status: the program's; 128+N if signal N killed it; 126 if it cannot be run, 127 if it is not there, 125 if LegoOS failed.")
final class ExecCommand implements Callable<Integer> {
    private static final int STREAMS = 3;

    @Mixin
    private NameArgument name;

    @Mixin
    private EnvironmentArguments environment;

    @Option(names = {"-t", "--tty"}, description = "give the program a terminal of its own, connected to yours: for shells and editors")
    private boolean terminal;

    @Option(names = {"-w", "--workdir"}, paramLabel = "DIR", defaultValue = "/", description = "where the program starts (default: ${DEFAULT-VALUE})")
    private String directory;

    @Option(names = {"-q", "--quiet"}, description = "do not say which signal killed the program")
    private boolean quiet;

    @Parameters(arity = "1..*", paramLabel = "[NODE] PROGRAM [ARG]", description = "what to run")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        ControlClient client = name.connect();
        String node = "";
        if (client.processors().contains(words.getFirst())) {
            node = words.getFirst();
            takeOptionsBehindNode();
        } else if (client.otherNodes().contains(words.getFirst()) && words.size() > 1) {
            throw new UserError(Lego.FAILED, words.getFirst() + " runs no programs: processor nodes are "
                    + String.join(", ", client.processors()));
        }
        if (terminal && !TerminalMode.isTerminal(0)) {
            throw new UserError(Lego.FAILED, "-t: standard input is not a terminal");
        }
        return run(client, node);
    }

    /** {@code lego exec NODE -t PROGRAM}: the node is no word to stop at. */
    private void takeOptionsBehindNode() {
        ExecCommand behind = new ExecCommand();
        new CommandLine(behind).setStopAtPositional(true).parseArgs(words.subList(1, words.size()).toArray(String[]::new));
        terminal |= behind.terminal;
        quiet |= behind.quiet;
        directory = behind.directory.equals("/") ? directory : behind.directory;
        environment.addAll(behind.environment);
        words = behind.words;
    }

    private int run(ControlClient client, String node) {
        List<byte[]> argv = RawArguments.last(words.size());
        if (argv == null) {
            argv = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
        }
        List<byte[]> envp = environment.all(terminal).stream().map(entry -> entry.getBytes(StandardCharsets.UTF_8)).toList();
        int streams = openStreams();
        TerminalMode.Size size = terminal ? TerminalMode.size(0) : new TerminalMode.Size(0, 0);
        HostSignals.handle(client::signal);
        try (TerminalMode raw = terminal ? rawTerminal(client) : null) {
            client.exec(new ExecRequest(node, argv, envp, directory.getBytes(StandardCharsets.UTF_8), streams, terminal,
                    size.rows(), size.columns()), descriptors(streams));
            return end(client.awaitAnswer(), raw);
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, e.getMessage());
        }
    }

    private static TerminalMode rawTerminal(ControlClient client) throws IOException {
        TerminalMode raw = TerminalMode.raw(0);
        Runtime.getRuntime().addShutdownHook(new Thread(raw::close));
        HostSignals.handleWindowChange(() -> {
            TerminalMode.Size now = TerminalMode.size(0);
            client.windowChanged(now.rows(), now.columns());
        });
        return raw;
    }

    private static int openStreams() {
        int streams = 0;
        for (int fd = 0; fd < STREAMS; fd++) {
            streams |= HostFd.isClosed(fd) ? 0 : 1 << fd;
        }
        return streams;
    }

    private static int[] descriptors(int streams) {
        return java.util.stream.IntStream.range(0, STREAMS).filter(fd -> (streams >> fd & 1) != 0).toArray();
    }

    private int end(ControlClient.Answer answer, TerminalMode raw) {
        if (raw != null) {
            raw.close(); // before anything is printed
        }
        boolean isDeath = answer.kind() == ControlClient.Answer.Kind.EXITED && answer.status() > Lego.SIGNAL_BASE;
        if (!answer.text().isEmpty() && !(quiet && isDeath)) {
            System.err.println("lego: " + answer.text());
        }
        return answer.status();
    }
}
