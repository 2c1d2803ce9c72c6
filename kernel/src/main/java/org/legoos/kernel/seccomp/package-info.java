/** Filters of system calls: seccomp(2) and the classic BPF that they are written in (kernel/seccomp.c, net/core/filter.c). */
package org.legoos.kernel.seccomp;
