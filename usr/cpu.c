/* cpu: runs every compute kernel once and prints its result. */
#include <stdio.h>

#include "kernels.h"

int main(void)
{
	for (size_t i = 0; i < NR_KERNELS; i++)
		printf("%s %016lx\n", kernels[i].name, kernels[i].run(kernels[i].test_size));
	return 0;
}
