/* The smallest program that anybody tries first. */
#include <stdio.h>

int main(void)
{
	printf("hello, world\n");
	return 0;
}
