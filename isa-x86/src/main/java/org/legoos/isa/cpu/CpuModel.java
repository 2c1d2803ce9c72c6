package org.legoos.isa.cpu;

import java.util.Set;

/**
 * The processor that programs see.
 *
 * @param vendor CPUID vendor string, 12 characters
 * @param brand CPUID brand string
 * @param family, model, stepping as /proc/cpuinfo shows them
 * @param hwcap CPUID(1).EDX, AT_HWCAP
 * @param tscHz what RDTSC counts
 * @param flags /proc/cpuinfo flag names ("sse4_2", "aes", ...), also the answer to "can we run this binary"
 */
public record CpuModel(
        String vendor, String brand, int family, int model, int stepping, long hwcap, long tscHz, Set<String> flags) {}
