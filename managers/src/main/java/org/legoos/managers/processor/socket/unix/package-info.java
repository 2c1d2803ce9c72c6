/**
 * AF_UNIX (unix(7)). Each socket has an {@link org.legoos.managers.processor.socket.unix.Inbox}: what was sent to it, with
 * who sent it and the files that came along. A stream's peer puts bytes straight into the other's inbox; SO_SNDBUF of
 * the sender bounds what may wait there.
 *
 * <p>Lock order: one socket, then one inbox; {@link org.legoos.managers.processor.socket.unix.InFlight} has no lock but around its list of
 * files to be released, which is taken with nothing else held or below an inbox's. Wait lists are
 * woken with none held.
 */
package org.legoos.managers.processor.socket.unix;
