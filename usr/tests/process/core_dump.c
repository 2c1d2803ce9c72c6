/* A signal that dumps core leaves the file "core" when RLIMIT_CORE allows it, and says so in the status (core(5), signal(7)). */
#include "tests.h"
#include <elf.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char marker[32] = "marker of the core dump test";

static int crash(void *how)
{
	struct rlimit limit = {*(rlim_t *)how, RLIM_INFINITY};

	if (*(rlim_t *)how == 1) {
		limit.rlim_cur = RLIM_INFINITY;
		prctl(PR_SET_DUMPABLE, 0);
	}
	if (getrlimit(RLIMIT_CORE, &(struct rlimit){0}) != 0)
		return 1;
	limit.rlim_max = limit.rlim_cur;
	if (setrlimit(RLIMIT_CORE, &limit) != 0)
		return 2;
	marker[0] = 'M'; /* the page is this process's own */
	abort();
}

static int status_of(rlim_t limit)
{
	int status = -1;

	unlink("core");
	waitpid(start_child(crash, &limit), &status, 0);
	return status;
}

/* The bytes of memory that a core file has at an address. */
static int has_marker(int fd, const Elf64_Ehdr *header)
{
	Elf64_Phdr segment;
	char found[sizeof(marker)];
	int i;

	for (i = 0; i < header->e_phnum; i++) {
		if (pread(fd, &segment, sizeof(segment), header->e_phoff + i * sizeof(segment)) != sizeof(segment))
			return 0;
		if (segment.p_type != PT_LOAD || (unsigned long)marker < segment.p_vaddr
				|| (unsigned long)marker >= segment.p_vaddr + segment.p_filesz)
			continue;
		return pread(fd, found, sizeof(found), segment.p_offset + ((unsigned long)marker - segment.p_vaddr)) == sizeof(found)
			&& strcmp(found, "Marker of the core dump test") == 0;
	}
	return 0;
}

int main(void)
{
	char pattern[128] = "";
	struct rlimit limit;
	Elf64_Ehdr header;
	struct stat st;
	int fd, status;

	alarm(20);
	enter_scratch("process-core-dump");
	fd = open("/proc/sys/kernel/core_pattern", O_RDONLY);
	if (read(fd, pattern, sizeof(pattern) - 1) < 0)
		return 1;
	getrlimit(RLIMIT_CORE, &limit);
	status = status_of(0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && !WCOREDUMP(status) && access("core", F_OK) != 0);
	if (strcmp(pattern, "core\n") != 0 || limit.rlim_max != RLIM_INFINITY)
		return check_status() || 0; /* the host has cores elsewhere */
	status = status_of(RLIM_INFINITY);
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT || !WCOREDUMP(status))
		return 2;
	fd = open("core", O_RDONLY);
	if (fstat(fd, &st) != 0 || (st.st_mode & 07777) != 0600)
		return 3;
	if (read(fd, &header, sizeof(header)) != sizeof(header) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
		return 4;
	if (header.e_type != ET_CORE || header.e_machine != EM_X86_64 || !has_marker(fd, &header))
		return 5;
	status = status_of(1); /* not dumpable */
	if (!WIFSIGNALED(status) || WCOREDUMP(status) || access("core", F_OK) == 0)
		return 6;
	return check_status();
}
