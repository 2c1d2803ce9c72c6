package org.legoos.fit;

import java.util.List;

/** A node of the cluster did not join; the message is for the user and says which and why. */
public final class JoinException extends FitException {
    private final boolean isSilent;

    private JoinException(String message, boolean isSilent) {
        super(message);
        this.isSilent = isSilent;
    }

    /** Of several missing nodes the one is named of which most is known. */
    static JoinException about(List<Peer> missing, FitConfig config) {
        for (Peer peer : missing) {
            if (peer.complaint != null) {
                return new JoinException(name(peer, config) + " cannot join: it " + peer.complaint, false);
            }
        }
        Peer first = missing.getFirst();
        String late = name(first, config) + " did not join within " + config.joinTimeoutNs() / 1_000_000_000L + " s: ";
        return first.heard ? new JoinException(late + "it does not hear us", false)
                : new JoinException(late + "nothing was heard of it", true);
    }

    private static String name(Peer peer, FitConfig config) {
        return "node " + peer.node + " (" + config.whereIs(peer.node) + ")";
    }

    /** Was nothing at all heard of that node? */
    public boolean isSilent() {
        return isSilent;
    }
}
