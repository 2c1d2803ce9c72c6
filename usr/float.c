/*
 * Floating point: printing, long double (x87), libm, rounding modes, conversions, NaNs.
 * float flags: also the exception flags; float x87: also the functions that the x87 computes by itself.
 */
#include <fenv.h>
#include <float.h>
#include <math.h>

#include "check.h"

static volatile double third = 1.0 / 3, big = 1e308, tiny = 5e-324, minus = -2.5;

static void printing(void)
{
	printf("%f %e %g %a %.20f\n", third, third, third, third, third);
	printf("%g %g %g %g\n", big * 10, -big * 10, sqrt(minus), tiny);
	printf("%.0f %.0f %.0f %.10g\n", 0.5, 1.5, 2.5, 123456789.123456789);
	printf("%Lf %.25Lf %La %Lg\n", 1.0L / 3, 1.0L / 3, 1.0L / 3, LDBL_MAX);
	printf("%.400g\n", 1e-5);
}

static void long_double(void)
{
	volatile long double x = 1, sum = 0;

	for (int i = 1; i <= 1000; i++)
		sum += 1.0L / ((long double)i * i);
	printf("%.18Lf\n", sum);
	printf("%.18Lf %.18Lf\n", sqrtl(x + 1), fabsl(-x / 7));
	printf("%.6Lf %lld\n", fmodl(1e20L, 7), llrintl(x * 12345.5L));
}

/* The x87's own functions, to the last of their 64 bits. */
static void x87_functions(void)
{
	volatile long double x = 1;

	printf("%.18Lf %.18Lf\n", expl(x), atan2l(x, 3));
	printf("%.18Lf %.18Lf\n", sinl(x), powl(x + 1, 0.5L));
}

static void libm(void)
{
	double sum = 0;

	for (int i = 1; i <= 200; i++) {
		double x = i / 16.0;

		sum += sin(x) + cos(x) + tan(x) + exp(-x) + log(x) + pow(x, 1.7) + atan(x) + cbrt(x) + tgamma(x / 4)
		     + erf(x) + hypot(x, 3) + fma(x, x, -1) + sinh(x / 16);
	}
	printf("%.17g\n", sum);
	printf("%g %g %g %g %g\n", floor(minus), ceil(minus), trunc(minus), round(minus), rint(minus));
	printf("%ld %d %u\n", lround(2.5), (int)minus, (unsigned)(long)3e9);
	printf("%d %d\n", (int)(volatile double){ 1e99 }, (int)(volatile float){ NAN });
}

static void rounding(void)
{
	static const int modes[] = { FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO };
	volatile double one = 1, three = 3;
	volatile long double x87 = 1;

	for (int i = 0; i < 4; i++) {
		fesetround(modes[i]);
		printf("%.20g %.20g %.22Lg %g\n", one / three, -one / three, x87 / 3, rint(one + 0.5));
	}
	fesetround(FE_TONEAREST);
}

static void flags(void)
{
	volatile double zero = 0, result;

	feclearexcept(FE_ALL_EXCEPT);
	result = 1 / zero;
	printf("divide %d ", !!fetestexcept(FE_DIVBYZERO));
	result = sqrt(minus);
	printf("invalid %d ", !!fetestexcept(FE_INVALID));
	result = big * big;
	printf("overflow %d ", !!fetestexcept(FE_OVERFLOW));
	feclearexcept(FE_ALL_EXCEPT);
	result = third + 1;
	printf("inexact %d others %d %g\n", !!fetestexcept(FE_INEXACT),
	       !!fetestexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW), result);
}

static void comparing(void)
{
	volatile double nan_value = NAN, positive = 0.0, negative = -0.0;

	CHECK(!(nan_value == nan_value) && nan_value != nan_value && !(nan_value < 1) && isunordered(nan_value, 1));
	CHECK(positive == negative && signbit(negative) && 1 / negative < 0);
	CHECK(tiny > 0 && tiny / 2 == 0 && FLT_EVAL_METHOD == 0);
	CHECK(strtod("0x1.8p1", NULL) == 3 && strtod("1e-400", NULL) == 0 && strtold("0.1", NULL) != 0.1);
}

int main(int argc, char **argv)
{
	printing();
	long_double();
	libm();
	rounding();
	comparing();
	if (argc > 1 && strcmp(argv[1], "flags") == 0)
		flags();
	if (argc > 1 && strcmp(argv[1], "x87") == 0)
		x87_functions();
	return check_status();
}
