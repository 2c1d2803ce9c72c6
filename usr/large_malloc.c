/* large_malloc [MIB]: touches every page of three big blocks and reads all of it back. */
#include "check.h"

static void touch(size_t *block, size_t bytes, size_t tag)
{
	for (size_t i = 0; i < bytes / sizeof(size_t); i += PAGE_SIZE / sizeof(size_t))
		block[i] = i ^ tag;
}

static size_t verify(const size_t *block, size_t bytes, size_t tag)
{
	size_t bad = 0;

	for (size_t i = 0; i < bytes / sizeof(size_t); i += PAGE_SIZE / sizeof(size_t))
		bad += block[i] != (i ^ tag) || block[i + 1] != 0;
	return bad;
}

int main(int argc, char **argv)
{
	size_t bytes = argument(argc, argv, 1, 16) << 20;
	size_t *blocks[3];

	for (int i = 0; i < 3; i++) {
		blocks[i] = malloc(bytes);
		if (!blocks[i])
			check_fatal("malloc");
		touch(blocks[i], bytes, i + 1);
		printf("block %d of %zu MiB touched\n", i, bytes >> 20);
	}
	for (int i = 0; i < 3; i++)
		CHECK(verify(blocks[i], bytes, i + 1) == 0);
	for (int i = 0; i < 3; i++)
		free(blocks[i]);
	return check_status();
}
