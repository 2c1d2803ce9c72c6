package org.legoos.isa.cpu;

/** Why {@link Cpu#run} returned. Details are read from the Cpu; nothing is allocated. */
public enum Trap {
    /** A SYSCALL instruction; RIP is already behind it, RCX and R11 are set as hardware sets them. */
    SYSCALL,
    /** #PF that the fault handler did not resolve: {@link Cpu#faultVa}, {@link Cpu#errorCode}; RIP at the instruction. */
    PAGE_FAULT,
    /** Any other exception: {@link Cpu#vector}, {@link Cpu#errorCode}; RIP as hardware leaves it. */
    EXCEPTION,
    /** {@link Cpu#interrupt} was called; the machine state is at an instruction boundary. */
    INTERRUPTED
}
