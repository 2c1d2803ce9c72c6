package org.legoos.emulator.stdio;

import org.legoos.managers.processor.core.Stdio;

/** A terminal in the place of all three streams. */
abstract class TerminalStdio implements Stdio, Stdio.Terminal {
    @Override
    public final Port in() {
        return null;
    }

    @Override
    public final Port out() {
        return null;
    }

    @Override
    public final Port err() {
        return null;
    }

    @Override
    public final Terminal terminal() {
        return this;
    }
}
