package org.legoos.managers.processor.mm;

import java.util.List;
import org.legoos.kernel.sched.CorePool;
import org.legoos.managers.processor.pcache.PcacheStat;

/**
 * Makes address spaces: execve(2) as the processor manager sees it. The home memory node reads the ELF
 * file, sets up the VMAs and writes the initial stack (argv, envp, auxiliary vector).
 */
public interface AddressSpaces {
    /** argv and envp together, as Linux limits them (a quarter of the default 8 MiB stack). */
    int ARGUMENT_BYTES_MAX = 2 << 20;

    /**
     * Loads a program into a new address space for process {@code pid} (its old one, if any, is still in
     * place and is destroyed by the caller after success; the home node tells the two apart).
     *
     * @param path normalised absolute path of an ELF file (scripts have been resolved by the caller)
     * @param interpreter normalised absolute path of what its PT_INTERP names, empty when there is none
     * @param execFn what AT_EXECFN shows: the path as the program gave it
     * @param argv,envp strings without their NUL
     */
    Image exec(int pid, ProgramRights rights, String path, String interpreter, String execFn, List<byte[]> argv,
            List<byte[]> envp);

    /** fork(2): a copy of a process's address space for its child, or null without memory on either node. */
    AddressSpace fork(AddressSpace parent, int childPid);

    /**
     * Memory for several address spaces to map, with one user: the caller.
     *
     * @param name what /proc/PID/maps shows: "/memfd:x (deleted)"
     * @return null without memory on either node
     */
    SharedMemory newSharedMemory(String name, long sizeBytes);

    /**
     * A regular file's memory for several address spaces to map, with one user: the caller.
     *
     * @param path the file's name now
     * @return null without memory on either node, or when the home node cannot map the file
     */
    FileMemory newFileMemory(String path, FileMemory.Owner owner);

    /** The cores that programs run on. */
    CorePool cores();

    /** Geometry and counters of the ExCache that all address spaces share. */
    PcacheStat pcacheStat();

    /**
     * What exec gives.
     *
     * @param errno 0, or a positive errno (ENOENT, EACCES, ENOEXEC, ENOMEM, EIO ...); then space is null
     * @param reason one line for people when errno is not 0 ("needs AVX", "dynamically linked" ...), else null
     * @param space the new address space
     * @param entryVa where the program starts
     * @param stackVa its stack pointer: argc lies there
     */
    record Image(int errno, String reason, AddressSpace space, long entryVa, long stackVa) {
        public static Image failed(int errno, String reason) {
            return new Image(errno, reason, null, 0, 0);
        }
    }
}
