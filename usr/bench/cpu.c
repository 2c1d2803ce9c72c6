/* cpu [ROUNDS] [KERNEL]: ms for each compute kernel; nothing of the OS is in it after the first round. */
#include "../kernels.h"
#include "measure.h"

int main(int argc, char **argv)
{
	static double values[MOST_BATCHES];
	size_t rounds = argument(argc, argv, 1, 5);
	uint64_t sum = 0;

	for (size_t i = 0; i < NR_KERNELS; i++) {
		if (argc > 2 && strcmp(argv[2], kernels[i].name) != 0)
			continue;
		sum += kernels[i].run(kernels[i].test_size);
		for (size_t round = 0; round < rounds && round < MOST_BATCHES; round++) {
			uint64_t start = now_ns();

			sum += kernels[i].run(kernels[i].bench_size);
			values[round] = (double)(now_ns() - start) / 1e6;
		}
		report(kernels[i].name, values, rounds, "ms");
	}
	fprintf(stderr, "sum %016lx\n", sum);
	return 0;
}
