/** Linux's native asynchronous I/O (io_submit(2)): files are read and written at submission, readiness is waited for. */
package org.legoos.managers.processor.aio;
