package org.legoos.managers.memory.pgcache;

/** Names a file whatever its paths are: the vNode, and what stat(2) says. */
public record FileId(int vnode, long dev, long ino) {}
