/*
 * The ExCache geometry as LegoOS's system call 601 (pcache_stat) tells it. Linux does not have the call: there the
 * programs use a small made-up geometry and touch the same addresses for nothing but the comparison.
 */
#ifndef LEGOOS_PCACHE_H
#define LEGOOS_PCACHE_H

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SYS_pcache_stat 601

struct pcache_stat {
	unsigned long nr_cachelines;
	unsigned long nr_cachesets;
	unsigned long associativity;
	unsigned long cacheline_size;
	unsigned long way_stride;
	unsigned long nr_pgfault;
	unsigned long nr_pgfault_code;
	unsigned long nr_flush;
	unsigned long nr_eviction;
};

/* Returns 1 when the kernel knows the call. */
static inline int read_pcache_stat(struct pcache_stat *stat)
{
	memset(stat, 0, sizeof(*stat));
	if (syscall(SYS_pcache_stat, stat) == 0)
		return 1;
	stat->associativity = 64;
	stat->cacheline_size = 4096;
	stat->nr_cachesets = 4;
	stat->nr_cachelines = stat->nr_cachesets * stat->associativity;
	stat->way_stride = stat->nr_cachesets * stat->cacheline_size;
	return 0;
}

#endif
