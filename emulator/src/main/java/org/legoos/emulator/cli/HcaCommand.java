package org.legoos.emulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.legoos.emulator.vfiouser.VfioUserCards;
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

    @Option(names = "--counters", description = "print the cards' counters at the end")
    private boolean showCounters;

    @Override
    public Integer call() {
        if (new HashSet<>(sockets).size() < sockets.size()) {
            throw new UserError(Lego.FAILED, "--vfio-user: a socket is named twice");
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        int[] received = new int[1];
        HostSignals.handle(signal -> {
            received[0] = signal;
            interrupted.countDown();
        });
        try (VfioUserCards cards = new VfioUserCards(sockets, HostClock.instance(), HcaCommand::log)) {
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
