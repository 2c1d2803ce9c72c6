/** POSIX message queues (mq_overview(7)). A queue lives as long as it has its name or is open; it is its own lock. */
package org.legoos.managers.processor.mqueue;
