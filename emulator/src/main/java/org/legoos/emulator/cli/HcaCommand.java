package org.legoos.emulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.legoos.emulator.vfiouser.VfioUserCards;
import org.legoos.emulator.vfiouser.VfioUserCards.Cabling;
import org.legoos.emulator.vfiouser.VfioUserCards.Subnet;
import org.legoos.isa.time.HostClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lego hca --vfio-user SOCKET...}: InfiniBand cards for QEMU guests, until it is interrupted. */
@Command(name = "hca", mixinStandardHelpOptions = true,
        description = "Give emulated ConnectX-3 cards, joined by one switch, to virtual machines.")
final class HcaCommand implements Callable<Integer> {
    private static final int SHELL_SIGNAL_BASE = 128;

    @Option(names = "--vfio-user", paramLabel = "SOCKET", required = true,
            description = "serve a card on this socket (QEMU: -device vfio-user-pci); may be given several times")
    private List<Path> sockets;

    @Option(names = "--ports", paramLabel = "N", defaultValue = "1", description = "ports of each card, 1 or 2")
    private int portCount;

    @Option(names = "--direct", description = "cable two cards to each other instead of to the switch")
    private boolean isDirect;

    @Option(names = "--no-sm",
            description = "leave the subnet to a subnet manager in a virtual machine (opensm), as --direct does")
    private boolean isUnmanaged;

    @Option(names = "--counters", description = "print the cards' counters at the end")
    private boolean showCounters;

    @Option(names = "--trace-commands", paramLabel = "FILE",
            description = "write each command that a driver has the first card execute to FILE, a line each")
    private Path traceFile;

    @Override
    public Integer call() {
        if (new HashSet<>(sockets).size() < sockets.size()) {
            throw new UserError(Lego.FAILED, "--vfio-user: a socket is named twice");
        }
        Subnet subnet = new Subnet(isDirect ? Cabling.DIRECT : Cabling.SWITCH, portCount, !isUnmanaged && !isDirect);
        String objection = subnet.objection(sockets.size());
        if (objection != null) {
            throw new UserError(Lego.FAILED, objection);
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        int[] received = new int[1];
        HostSignals.handle(signal -> {
            received[0] = signal;
            interrupted.countDown();
        });
        try (PrintWriter trace = traceFile == null ? null : new PrintWriter(Files.newBufferedWriter(traceFile));
                VfioUserCards cards = new VfioUserCards(sockets, subnet, HostClock.instance(), HcaCommand::log)) {
            if (trace != null) {
                cards.cards().getFirst().traceCommands(trace::println);
            }
            sockets.forEach(socket -> System.out.println("listening on " + socket));
            interrupted.await();
            if (showCounters) {
                cards.cards().forEach(card -> System.out.println(card.counters().snapshot()));
            }
            return SHELL_SIGNAL_BASE + received[0];
        } catch (IOException e) {
            throw new UserError(Lego.FAILED, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Lego.FAILED;
        }
    }

    private static void log(String line) {
        System.err.println("lego hca: " + line);
    }
}
