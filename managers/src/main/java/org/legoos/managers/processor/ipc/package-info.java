/**
 * System V IPC (sysvipc(7)) and POSIX message queues (mq_overview(7)) of one processor node. Each object is its own lock;
 * the table of a kind is locked before an object. Waiters try again themselves when an object has changed.
 */
package org.legoos.managers.processor.ipc;
