package org.legoos.kernel.ib;

/** Transport service of a queue pair. */
public enum QpType { RC, UC, UD }
