/**
 * inotify(7): events of what this node's programs do to files, by path; what other nodes do to the same storage is not
 * seen. While nothing is watched, each hook costs one volatile read.
 */
package org.legoos.managers.processor.notify;
