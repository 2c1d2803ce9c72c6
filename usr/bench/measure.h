/*
 * How the programs of this folder measure: the body is run in batches, and the median and the fastest batch are
 * printed as "name value unit" and "name.best value unit".
 */
#ifndef LEGOOS_MEASURE_H
#define LEGOOS_MEASURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define PAGE_SIZE 4096UL
#define MOST_BATCHES 1000

static inline uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000UL + now.tv_nsec;
}

static inline size_t argument(int argc, char **argv, int index, size_t otherwise)
{
	return argc > index ? strtoul(argv[index], NULL, 0) : otherwise;
}

static inline int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts the batches' values, which are in the unit given. */
static inline void report(const char *name, double *values, size_t count, const char *unit)
{
	qsort(values, count, sizeof(*values), compare_doubles);
	printf("%s %.1f %s\n%s.best %.1f %s\n", name, values[count / 2], unit, name, values[0], unit);
	fflush(stdout);
}

#define WARM_UP_NS 500000000UL

/*
 * For what gets faster as it runs, natively and more so where code is translated and compiled: rounds that nobody counts for half a
 * second, then the median of so many. Prints "name value", and "name.first value" of the very first
 * one. Results are divided by unit.
 */
static inline void measure_warm(const char *name, size_t rounds, double (*round)(void), double unit)
{
	static double values[MOST_BATCHES];
	uint64_t start = now_ns();
	double first = round() / unit;

	while (now_ns() - start < WARM_UP_NS)
		round();
	for (size_t i = 0; i < rounds; i++)
		values[i] = round() / unit;
	qsort(values, rounds, sizeof(*values), compare_doubles);
	printf("%s %.4f\n%s.first %.4f\n", name, values[rounds / 2], name, first);
	fflush(stdout);
}

/* Time per call of body, in batches of so many calls. */
static inline void measure(const char *name, size_t batches, size_t calls, void (*body)(size_t call))
{
	static double values[MOST_BATCHES];

	body(0);
	for (size_t batch = 0; batch < batches; batch++) {
		uint64_t start = now_ns();

		for (size_t call = 0; call < calls; call++)
			body(call);
		values[batch] = (double)(now_ns() - start) / calls;
	}
	report(name, values, batches, "ns");
}

#endif
