package org.legoos.elf;

import java.util.List;

/** Why a file cannot be executed; {@link #message} is one line without the file's name. */
public sealed interface LoadError extends Loaded {
    String message();

    /** What execve(2) returns. */
    default int errno() {
        return ENOEXEC;
    }

    int EIO = 5;
    int ENOEXEC = 8;
    int ELIBBAD = 80;

    /** No ELF magic. */
    record NotElf() implements LoadError {
        @Override
        public String message() {
            return "not an ELF file";
        }
    }

    /** ELFCLASS32. */
    record ThirtyTwoBit() implements LoadError {
        @Override
        public String message() {
            return "a 32-bit ELF file; only x86-64 programs run here";
        }
    }

    /** Big-endian, another architecture, ... */
    record WrongMachine(String machine) implements LoadError {
        @Override
        public String message() {
            return "an ELF file for " + machine + "; only x86-64 programs run here";
        }
    }

    /** Relocatable, core file, ... */
    record WrongType(String type) implements LoadError {
        @Override
        public String message() {
            return "an ELF file, but not a program: it is " + type;
        }
    }

    /** The file ends before something that it announces. */
    record Truncated(String what) implements LoadError {
        @Override
        public String message() {
            return "the ELF file is truncated: " + what + " lies beyond its end";
        }
    }

    /** A header that makes no sense. */
    record BadHeader(String what) implements LoadError {
        @Override
        public String message() {
            return "the ELF file is malformed: " + what;
        }
    }

    /** What PT_INTERP names cannot be an interpreter (load_elf_binary: elf_read, then ELIBBAD). */
    record BadInterpreter(LoadError cause) implements LoadError {
        @Override
        public String message() {
            return "its interpreter is " + cause.message();
        }

        @Override
        public int errno() {
            return cause instanceof Truncated ? EIO : ELIBBAD;
        }
    }

    /** The GNU property note demands instructions that the processor lacks. */
    record NeedsProcessor(String level, List<String> missing) implements LoadError {
        @Override
        public String message() {
            return "built for " + level + "; the processor lacks " + String.join(", ", missing);
        }
    }
}
