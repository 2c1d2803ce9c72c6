/**
 * Sockets (socket(2)): what all address families share. {@link org.legoos.managers.processor.socket.Socket} is an open
 * file; the system calls (SocketCalls, MessageCalls, SocketOptionCalls in package syscall) decode arguments, wait
 * where a call blocks, and ask the socket. An address family is an
 * {@link org.legoos.managers.processor.socket.AddressFamily}, added to the node's
 * {@link org.legoos.managers.processor.socket.SocketFamilies} in its constructor.
 *
 * <p>Locks: a socket's own lock is taken last; none is held while another socket's is taken or a
 * {@link org.legoos.managers.processor.core.WaitList} is woken. No lock is held while waiting or touching the program's memory.
 */
package org.legoos.managers.processor.socket;
