package org.legoos.managers.processor.syscall;

import org.legoos.kernel.syscall.SyscallTable;
import org.legoos.managers.processor.core.UserThread;
import org.legoos.managers.processor.ipc.MessageQueueCalls;
import org.legoos.managers.processor.ipc.SemaphoreCalls;
import org.legoos.managers.processor.ipc.SharedMemoryCalls;
import org.legoos.managers.processor.lock.LockCalls;
import org.legoos.managers.processor.mqueue.QueueCalls;
import org.legoos.managers.processor.notify.InotifyCalls;

/** The processor manager's system call table, subject by subject. */
public final class ProcessorSyscalls {
    private ProcessorSyscalls() {}

    public static SyscallTable<UserThread> table() {
        SyscallTable<UserThread> table = new SyscallTable<>();
        MemoryCalls.addTo(table);
        LockMemoryCalls.addTo(table);
        ReadWriteCalls.addTo(table);
        OpenCalls.addTo(table);
        HandleCalls.addTo(table);
        FdCalls.addTo(table);
        PipeCalls.addTo(table);
        StatCalls.addTo(table);
        NameCalls.addTo(table);
        AttributeCalls.addTo(table);
        DirectoryCalls.addTo(table);
        CopyCalls.addTo(table);
        SpliceCalls.addTo(table);
        PollCalls.addTo(table);
        SelectCalls.addTo(table);
        EpollCalls.addTo(table);
        EventFdCalls.addTo(table);
        AioCalls.addTo(table);
        LockCalls.addTo(table);
        QueueCalls.addTo(table);
        InotifyCalls.addTo(table);
        RemoteMemoryCalls.addTo(table);
        MemfdCalls.addTo(table);
        SharedMemoryCalls.addTo(table);
        SemaphoreCalls.addTo(table);
        MessageQueueCalls.addTo(table);
        SocketCalls.addTo(table);
        MessageCalls.addTo(table);
        SocketOptionCalls.addTo(table);
        SignalCalls.addTo(table);
        SendCalls.addTo(table);
        SleepCalls.addTo(table);
        ClockCalls.addTo(table);
        TimerCalls.addTo(table);
        IdCalls.addTo(table);
        CapabilityCalls.addTo(table);
        ClockStateCalls.addTo(table);
        OtherProcessCalls.addTo(table);
        ProtectionKeyCalls.addTo(table);
        SeccompCalls.addTo(table);
        SessionCalls.addTo(table);
        LimitCalls.addTo(table);
        ProcessCalls.addTo(table);
        CloneCalls.addTo(table);
        WaitCalls.addTo(table);
        PrctlCalls.addTo(table);
        PriorityCalls.addTo(table);
        UnshareCalls.addTo(table);
        PidfdCalls.addTo(table);
        SchedCalls.addTo(table);
        PtraceCalls.addTo(table);
        BarrierCalls.addTo(table);
        FutexCalls.addTo(table);
        SystemCalls.addTo(table);
        XattrCalls.addTo(table);
        SyslogCalls.addTo(table);
        NumaCalls.addTo(table);
        LdtCalls.addTo(table);
        IoPriorityCalls.addTo(table);
        PrivilegedCalls.addTo(table);
        AbsentCalls.addTo(table);
        LegoCalls.addTo(table);
        return table;
    }
}
