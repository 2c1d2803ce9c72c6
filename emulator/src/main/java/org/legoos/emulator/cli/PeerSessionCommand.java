package org.legoos.emulator.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.legoos.emulator.peer.PeerNode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code lego peer}: one node that talks with a virtual machine again and again, as lines of its input say. */
@Command(name = "peer", mixinStandardHelpOptions = true,
        description = {"A node's card beside virtual machines, which stays while lines of stdin say what it does there, such as",
            "'pingpong --transport ud -n 200' or 'perftest send lat -n 300 --connect 127.0.0.1'. Each ends with its status;",
            "the command ends when the virtual machines do."})
final class PeerSessionCommand implements Callable<Integer> {
    private static final Map<String, Supplier<? extends PeerCommand>> COMMANDS =
            Map.of("pingpong", PingPongCommand::new, "perftest", PerftestCommand::new);

    @Mixin
    private PeerArguments place;

    @Option(names = {"-m", "--mtu"}, paramLabel = "BYTES", defaultValue = "1024", description = "of an Ethernet (default: ${DEFAULT-VALUE})")
    private int mtuBytes;

    @Override
    public Integer call() {
        try (PeerNode node = place.open("peer", mtuBytes);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            int worst = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    System.out.println("== " + text);
                    int status = run(node, text.split("\\s+"));
                    System.out.println("STEP " + status + " " + text);
                    worst = Math.max(worst, status);
                }
            }
            System.out.flush();
            node.awaitGuestsGone();
            return worst;
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, "peer: " + e.getMessage());
        }
    }

    private static int run(PeerNode node, String[] words) {
        Supplier<? extends PeerCommand> maker = COMMANDS.get(words[0]);
        if (maker == null) {
            System.err.println("lego peer: '" + words[0] + "' is none of " + COMMANDS.keySet().stream().sorted().toList());
            return Lego.FAILED;
        }
        PeerCommand command = maker.get();
        try {
            new CommandLine(command).parseArgs(java.util.Arrays.copyOfRange(words, 1, words.length));
            return command.talk(node);
        } catch (ParameterException | IOException | UserError e) {
            System.err.println("lego " + words[0] + ": " + e.getMessage());
            return Lego.FAILED;
        }
    }
}
