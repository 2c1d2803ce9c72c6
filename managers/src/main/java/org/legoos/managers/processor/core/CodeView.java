package org.legoos.managers.processor.core;

/** How fault reports show code to people; the emulator supplies one that has a disassembler and reads symbols. */
public interface CodeView {
    /** The instruction at the start of {@code code}, which lies at guestVa, in assembler; null if it is none. */
    String instruction(byte[] code, int lengthBytes, long guestVa);

    /** "main+0x12" for an address of the program's file at {@code path}, or null. */
    String symbol(String path, long guestVa);

    /** Shows nothing. */
    CodeView NONE = new CodeView() {
        @Override
        public String instruction(byte[] code, int lengthBytes, long guestVa) {
            return null;
        }

        @Override
        public String symbol(String path, long guestVa) {
            return null;
        }
    };
}
