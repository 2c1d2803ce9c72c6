/**
 * Open files that stand for events: epoll(7), timerfd_create(2), signalfd(2), eventfd(2).
 *
 * <p>Lock order of epoll: an outer set's mutex, an inner set's mutex, the locks of files' readiness checks; apart from those
 * a wait list, an inner set's ready list, its wait list, an outer set's ready list. A callback takes only the second kind.
 */
package org.legoos.managers.processor.event;
