/**
 * Pipes and FIFOs (pipe(7), fifo(7)). A {@link org.legoos.managers.processor.pipe.Pipe} is a bounded queue of bytes with counts of who
 * has its ends open; a {@link org.legoos.managers.processor.pipe.PipeEnd} is an open file on it.
 */
package org.legoos.managers.processor.pipe;
