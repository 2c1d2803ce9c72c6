package org.legoos.managers.processor.signal;

import java.util.Locale;
import org.legoos.isa.cpu.Cpu;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.signal.Signals;
import org.legoos.managers.processor.core.CodeView;
import org.legoos.managers.processor.core.UserThread;

/**
 * The report of a fatal fault on the kernel log: signal, address, instruction with symbol, registers. At most
 * one a process, because the process ends with it.
 */
final class FaultReport {
    private static final int INSTRUCTION_BYTES_MAX = 15;
    private static final int BREAKPOINT_VECTOR = 3;
    private static final int ADDRESS_SIGNALS_CODE_MAX = 0x7f;

    private static final String[] NAMES = {
        "RAX", "RCX", "RDX", "RBX", "RSP", "RBP", "RSI", "RDI", "R8 ", "R9 ", "R10", "R11", "R12", "R13", "R14", "R15"
    };

    private FaultReport() {}

    static void print(UserThread t, SigInfo info) {
        Cpu cpu = t.cpu();
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s[%d]: killed by %s", t.comm(), t.process().pid(), Signals.name(info.signal())));
        boolean isFault = info.code() > 0 && info.code() <= ADDRESS_SIGNALS_CODE_MAX
                && (Signals.bit(info.signal()) & Signals.SYNCHRONOUS) != 0;
        if (isFault) {
            text.append(String.format(Locale.ROOT, " at 0x%x (code %d, error %x)", info.address(), info.code(), t.trapErrorCode));
        }
        boolean isBreakpoint = isBreakpoint(t, info);
        text.append('\n').append(where(t, isBreakpoint ? cpu.rip() - 1 : cpu.rip())).append('\n');
        text.append(String.format(Locale.ROOT, "RIP: %016x RFLAGS: %08x FS: %012x GS: %012x",
                cpu.rip(), cpu.rflags(), cpu.fsBase(), cpu.gsBase()));
        for (int i = 0; i < NAMES.length; i++) {
            text.append(i % 4 == 0 ? '\n' : ' ').append(NAMES[i]).append(String.format(Locale.ROOT, ": %016x", register(cpu, i)));
        }
        t.kernel().log().err("%s", text);
    }

    /** int3 is a trap: the instruction pointer stands behind it. */
    private static boolean isBreakpoint(UserThread t, SigInfo info) {
        return info.signal() == Signals.SIGTRAP && t.trapNo == BREAKPOINT_VECTOR;
    }

    private static long register(Cpu cpu, int i) {
        return cpu.register(i);
    }

    /** "main+0x12: mov eax, dword ptr [rdi]  (8b 07 ...)", or that the code cannot be read. */
    private static String where(UserThread t, long rip) {
        byte[] code = new byte[INSTRUCTION_BYTES_MAX];
        int length = t.user().memory().read(rip, code, 0, code.length);
        CodeView view = t.process().manager().codeView();
        String symbol = view.symbol(t.process().program().exePath(), rip);
        StringBuilder line = new StringBuilder("  ").append(symbol == null ? "code" : symbol).append(": ");
        if (length == 0) {
            return line.append("no code at RIP").toString();
        }
        String instruction = view.instruction(code, length, rip);
        line.append(instruction == null ? "" : instruction + "  ").append('(');
        for (int i = 0; i < length; i++) {
            line.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%02x", code[i]));
        }
        return line.append(')').toString();
    }
}
