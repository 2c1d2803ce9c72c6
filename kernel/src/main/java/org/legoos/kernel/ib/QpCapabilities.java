package org.legoos.kernel.ib;

/** Sizes asked of (and, on return, given by) a queue pair. */
public record QpCapabilities(int maxSendWr, int maxRecvWr, int maxSendSge, int maxRecvSge, int maxInlineBytes) {}
