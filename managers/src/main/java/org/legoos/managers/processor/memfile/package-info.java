/**
 * Files whose content is shared memory ({@link org.legoos.managers.processor.mm.SharedMemory}): those of memfd_create(2), and the tmpfs
 * at /dev/shm, where shm_open(3) and sem_open(3) make theirs. They live on this processor node and its memory nodes.
 */
package org.legoos.managers.processor.memfile;
