package org.legoos.emulator.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.legoos.emulator.control.ControlClient;
import org.legoos.kernel.signal.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lego kill [NODE] PID...}: a signal for processes of a cluster that is up. */
@Command(name = "kill", mixinStandardHelpOptions = true, description = "Send a signal to processes that 'lego ps' shows.")
final class KillCommand implements Callable<Integer> {
    @Mixin
    private NameArgument name;

    @Option(names = {"-s", "--signal"}, paramLabel = "SIGNAL", defaultValue = "TERM",
            description = "name or number (default: ${DEFAULT-VALUE})")
    private String signal;

    @Parameters(arity = "1..*", paramLabel = "[NODE] PID", description = "which processes")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws java.io.IOException {
        int number = signalNumber(signal);
        boolean hasNode = !isNumber(words.getFirst());
        String node = hasNode ? words.getFirst() : "";
        List<String> pids = words.subList(hasNode ? 1 : 0, words.size());
        int status = 0;
        for (String pid : pids) {
            if (!isNumber(pid)) {
                throw new UserError(Lego.FAILED, pid + ": not a process number");
            }
            try (ControlClient client = name.connect()) {
                client.kill(node, Integer.parseInt(pid), number);
                status = Math.max(status, Answers.print(client));
            }
        }
        return status;
    }

    private static boolean isNumber(String word) {
        return word.matches("[0-9]{1,9}");
    }

    private static int signalNumber(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        for (int number = 1; number <= Signals.NSIG; number++) {
            String known = Signals.name(number);
            if (text.equals("" + number) || upper.equals(known) || ("SIG" + upper).equals(known)) {
                return number;
            }
        }
        throw new UserError(Lego.FAILED, "-s " + text + ": no such signal");
    }
}
