package org.legoos.emulator.peer;

import org.legoos.kernel.ib.QpType;

/**
 * What a verbs program makes before it talks.
 *
 * @param sharesReceives whether the queue pairs take receives from one shared queue
 * @param sendDepth sends outstanding on each queue pair; @param receiveDepth receives, together when they are shared
 * @param bufferBytes of the buffer to send from, and of the one to receive into
 * @param inlineBytes messages up to this size go along in the work request
 * @param sleeps whether it waits for events of the card instead of looking all the time
 */
public record EndPlan(QpType service, int queuePairs, boolean sharesReceives, int sendDepth, int receiveDepth, int bufferBytes,
        int inlineBytes, boolean sleeps) {}
