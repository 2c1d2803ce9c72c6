package org.legoos.elf;

/** What comes of looking at a file: a plan, or the reason why there is none. */
public sealed interface Loaded permits LoadPlan, LoadError {}
