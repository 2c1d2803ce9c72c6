/**
 * Locks on files between the processes of one node: flock(2), record locks of processes and of open file
 * descriptions (fcntl_locking(2)). All nodes that use one storage node keep theirs apart.
 */
package org.legoos.managers.processor.lock;
