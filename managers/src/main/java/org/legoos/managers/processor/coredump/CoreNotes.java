package org.legoos.managers.processor.coredump;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.legoos.kernel.signal.SigInfo;
import org.legoos.kernel.syscall.Le;
import org.legoos.managers.processor.core.Credentials;
import org.legoos.managers.processor.core.Process;
import org.legoos.managers.processor.core.Program;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.proc.Auxv;
import org.legoos.managers.processor.syscall.PtraceRegs;

/** The notes of a core file (elf(5); linux/elfcore.h): state of the thread that failed, the process, and its files. */
final class CoreNotes {
    private static final int NT_PRSTATUS = 1;
    private static final int NT_FPREGSET = 2;
    private static final int NT_PRPSINFO = 3;
    private static final int NT_AUXV = 6;
    private static final int NT_SIGINFO = 0x53494749;
    private static final int NT_FILE = 0x46494c45;
    private static final String OWNER = "CORE";
    private static final int HEADER_BYTES = 12;

    /** struct elf_prstatus. */
    private static final int PRSTATUS_BYTES = 336;
    private static final int PRSTATUS_CODE = 4;
    private static final int PRSTATUS_CURSIG = 12;
    private static final int PRSTATUS_SIGPEND = 16;
    private static final int PRSTATUS_SIGHOLD = 24;
    private static final int PRSTATUS_PID = 32;
    private static final int PRSTATUS_REGS = 112;
    private static final int PRSTATUS_FPVALID = 328;

    /** struct elf_prpsinfo. */
    private static final int PRPSINFO_BYTES = 136;
    private static final int PRPSINFO_SNAME = 1;
    private static final int PRPSINFO_NICE = 3;
    private static final int PRPSINFO_UID = 16;
    private static final int PRPSINFO_GID = 20;
    private static final int PRPSINFO_PID = 24;
    private static final int PRPSINFO_FNAME = 40;
    private static final int PRPSINFO_ARGS = 56;
    private static final int ARGS_BYTES = 80;
    private static final long PAGE_BYTES = 4096;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CoreNotes() {}

    static byte[] of(UserThread t, SigInfo info, List<CoreSegment> segments) {
        CoreNotes notes = new CoreNotes();
        notes.add(NT_PRSTATUS, status(t, info));
        notes.add(NT_PRPSINFO, process(t));
        byte[] signal = new byte[SigInfo.BYTES];
        info.copyTo(signal, 0);
        notes.add(NT_SIGINFO, signal);
        notes.add(NT_AUXV, Auxv.read(t, t.process()));
        notes.add(NT_FILE, files(segments));
        notes.add(NT_FPREGSET, PtraceRegs.readFp(t));
        return notes.out.toByteArray();
    }

    /** Name and content, each padded to 4 bytes. */
    private void add(int type, byte[] content) {
        byte[] header = new byte[HEADER_BYTES + (OWNER.length() + Integer.BYTES & -Integer.BYTES)];
        Le.putInt(header, 0, OWNER.length() + 1);
        Le.putInt(header, Integer.BYTES, content.length);
        Le.putInt(header, 2 * Integer.BYTES, type);
        System.arraycopy(Program.bytes(OWNER), 0, header, HEADER_BYTES, OWNER.length());
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & Integer.BYTES - 1]);
    }

    /** pid, parent, group and session, as both structures have them. */
    private static void putIds(byte[] to, int at, Process process, int pid) {
        Le.putInt(to, at, pid);
        Le.putInt(to, at + Integer.BYTES, process.parentPid());
        Le.putInt(to, at + 2 * Integer.BYTES, process.groupId());
        Le.putInt(to, at + 3 * Integer.BYTES, process.sessionId());
    }

    private static byte[] status(UserThread t, SigInfo info) {
        byte[] to = new byte[PRSTATUS_BYTES];
        Le.putInt(to, 0, info.signal());
        Le.putInt(to, PRSTATUS_CODE, info.code());
        Le.putShort(to, PRSTATUS_CURSIG, info.signal());
        Le.putLong(to, PRSTATUS_SIGPEND, t.pending().mask());
        Le.putLong(to, PRSTATUS_SIGHOLD, t.blocked());
        putIds(to, PRSTATUS_PID, t.process(), t.tid());
        byte[] registers = PtraceRegs.read(t);
        System.arraycopy(registers, 0, to, PRSTATUS_REGS, registers.length);
        Le.putInt(to, PRSTATUS_FPVALID, 1);
        return to;
    }

    private static byte[] process(UserThread t) {
        Process process = t.process();
        Credentials owner = process.credentials();
        byte[] to = new byte[PRPSINFO_BYTES];
        to[PRPSINFO_SNAME] = 'R';
        to[PRPSINFO_NICE] = (byte) t.scheduling().nice();
        Le.putInt(to, PRPSINFO_UID, owner.uid);
        Le.putInt(to, PRPSINFO_GID, owner.gid);
        putIds(to, PRPSINFO_PID, process, process.pid());
        byte[] name = Program.bytes(t.comm());
        System.arraycopy(name, 0, to, PRPSINFO_FNAME, Math.min(name.length, Program.COMM_LENGTH_MAX));
        int at = PRPSINFO_ARGS;
        for (byte[] argument : process.program().argv()) {
            int length = Math.min(argument.length, PRPSINFO_ARGS + ARGS_BYTES - 1 - at);
            System.arraycopy(argument, 0, to, at, length);
            at = Math.min(at + length, PRPSINFO_ARGS + ARGS_BYTES - 2);
            to[at++] = ' ';
        }
        return to;
    }

    /** Which files lie where: count, page size, (start, end, page of the file) each, then the names. */
    private static byte[] files(List<CoreSegment> segments) {
        List<CoreSegment> mapped = segments.stream().filter(segment -> segment.path() != null).toList();
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        byte[] table = new byte[2 * Long.BYTES + mapped.size() * 3 * Long.BYTES];
        Le.putLong(table, 0, mapped.size());
        Le.putLong(table, Long.BYTES, PAGE_BYTES);
        int at = 2 * Long.BYTES;
        for (CoreSegment segment : mapped) {
            Le.putLong(table, at, segment.startVa());
            Le.putLong(table, at + Long.BYTES, segment.endVa());
            Le.putLong(table, at + 2 * Long.BYTES, segment.fileOffset() / PAGE_BYTES);
            at += 3 * Long.BYTES;
            names.writeBytes(Program.bytes(segment.path()));
            names.write(0);
        }
        byte[] whole = java.util.Arrays.copyOf(table, table.length + names.size());
        System.arraycopy(names.toByteArray(), 0, whole, table.length, names.size());
        return whole;
    }
}
