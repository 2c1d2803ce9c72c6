package org.legoos.emulator.cli;

import java.io.IOException;
import org.legoos.emulator.peer.PeerNode;

/** A command that talks with a virtual machine's verbs programs over a node's card: on its own, or as a line of {@code lego peer}. */
interface PeerCommand {
    /**
     * @param node stays open
     * @return exit status
     * @throws IOException for the user
     */
    int talk(PeerNode node) throws IOException;
}
