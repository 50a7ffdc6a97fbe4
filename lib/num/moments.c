/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact sums of decimals, and what is made of them. */
#include "num/moments.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static struct moments_part *part_of(struct moments *m, int32_t e)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->part[i].e == e)
			return &m->part[i];
	m->part = mem_grow(m->part, m->n, &m->cap, sizeof(*m->part));
	m->part[m->n] = (struct moments_part){ .e = e };
	return &m->part[m->n++];
}

static void add_squares(struct moments_part *p, unsigned __int128 low,
			uint64_t high)
{
	p->squares_high += high;
	if (__builtin_add_overflow(p->squares, low, &p->squares))
		p->squares_high++;
}

/* Adds a square (below 2^126) `times` times. */
static void add_square(struct moments_part *p, unsigned __int128 square,
		       uint64_t times)
{
	unsigned __int128 low, high;

	if (times == 1) {
		add_squares(p, square, 0);
		return;
	}
	low = (unsigned __int128)(uint64_t)square * times;
	high = (square >> 64) * times;
	add_squares(p, low, 0);
	add_squares(p, high << 64, (uint64_t)(high >> 64));
}

void moments_add(struct moments *m, struct figure f, uint64_t times)
{
	struct moments_part *p = part_of(m, f.e);
	uint64_t size = f.m < 0 ? -(uint64_t)f.m : (uint64_t)f.m;

	p->sum += (__int128)f.m * (__int128)times;
	add_square(p, (unsigned __int128)size * size, times);
	m->count += times;
}

void moments_join(struct moments *m, const struct moments *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct moments_part *f = &from->part[i];
		struct moments_part *p = part_of(m, f->e);

		p->sum += f->sum;
		add_squares(p, f->squares, f->squares_high);
	}
	m->count += from->count;
}

void moments_release(struct moments *m)
{
	free(m->part);
	*m = (struct moments){ 0 };
}

static int32_t least_exponent(const struct moments *m)
{
	int32_t least = 0;

	for (size_t i = 0; i < m->n; i++)
		if (m->part[i].e < least)
			least = m->part[i].e;
	return least;
}

bool moments_sum(const struct moments *m, __int128 *units, int *decimals)
{
	int32_t least = least_exponent(m);

	*units = 0;
	for (size_t i = 0; i < m->n; i++) {
		__int128 s = m->part[i].sum;

		for (int32_t e = m->part[i].e; s && e > least; e--)
			if (__builtin_mul_overflow(s, 10, &s))
				return false;
		if (__builtin_add_overflow(*units, s, units))
			return false;
	}
	*decimals = -least;
	return *decimals <= 40;
}

/*
 * Numbers of twice a double's digits, hi + lo (Dekker, "A floating-point
 * technique for extending the available precision", Numer. Math. 18, 1971).
 */
struct twice {
	double hi, lo;
};

static struct twice quick(double hi, double lo)
{
	double s = hi + lo;

	return (struct twice){ s, lo - (s - hi) };
}

static struct twice plus(struct twice a, struct twice b)
{
	double s = a.hi + b.hi, part = s - a.hi;
	double rest = (a.hi - (s - part)) + (b.hi - part);

	return quick(s, rest + a.lo + b.lo);
}

static struct twice times(struct twice a, struct twice b)
{
	double p = a.hi * b.hi;
	double rest = fma(a.hi, b.hi, -p);

	return quick(p, rest + a.hi * b.lo + a.lo * b.hi);
}

static struct twice over(struct twice a, struct twice b)
{
	double q = a.hi / b.hi;
	struct twice back = times(b, (struct twice){ q, 0 });
	double rest = (a.hi - back.hi) - back.lo + a.lo;

	return quick(q, rest / b.hi);
}

static struct twice of_wide(unsigned __int128 v)
{
	struct twice high = { ldexp((double)(uint64_t)(v >> 96), 96), 0 };
	struct twice mid = { ldexp((double)(uint64_t)(v >> 48 &
						      0xffffffffffffu), 48),
			     0 };
	struct twice low = { (double)(uint64_t)(v & 0xffffffffffffu), 0 };

	return plus(plus(high, mid), low);
}

static struct twice of_signed(__int128 v)
{
	struct twice t = of_wide(v < 0 ? -(unsigned __int128)v :
					 (unsigned __int128)v);

	return v < 0 ? (struct twice){ -t.hi, -t.lo } : t;
}

/* t times ten to the e. */
static struct twice shifted(struct twice t, int32_t e)
{
	static const struct twice ten = { 10, 0 }, many = { 1e22, 0 };

	for (; e >= 22; e -= 22)
		t = times(t, many);
	for (; e > 0; e--)
		t = times(t, ten);
	for (; e <= -22; e += 22)
		t = over(t, many);
	for (; e < 0; e++)
		t = over(t, ten);
	return t;
}

/* For qsort: ascending exponents, so that sums are made in one order. */
static int by_exponent(const void *a, const void *b)
{
	const struct moments_part *x = a, *y = b;

	return (x->e > y->e) - (x->e < y->e);
}

static struct twice total(const struct moments *m, bool squares)
{
	struct moments_part *part = mem_alloc(m->n, sizeof(*part));
	struct twice sum = { 0 };

	memcpy(part, m->part, m->n * sizeof(*part));
	qsort(part, m->n, sizeof(*part), by_exponent);
	for (size_t i = 0; i < m->n; i++) {
		const struct moments_part *p = &part[i];
		struct twice high = { ldexp((double)p->squares_high, 128), 0 };

		sum = plus(sum, squares ? shifted(plus(high,
						       of_wide(p->squares)),
						  2 * p->e) :
					  shifted(of_signed(p->sum), p->e));
	}
	free(part);
	return sum;
}

double moments_total(const struct moments *m)
{
	return m->n ? total(m, false).hi : NAN;
}

double moments_mean(const struct moments *m)
{
	return m->n ? over(total(m, false), of_wide(m->count)).hi : NAN;
}

double moments_variance(const struct moments *m)
{
	struct twice sum, mean_square, rest;
	double v;

	if (m->count < 2)
		return NAN;
	sum = total(m, false);
	mean_square = over(times(sum, sum), of_wide(m->count));
	rest = plus(total(m, true),
		    (struct twice){ -mean_square.hi, -mean_square.lo });
	v = rest.hi / (double)(m->count - 1);
	/* Less than nothing is what rounding left of equal values. */
	if (isnan(v))
		return INFINITY;
	return rest.hi <= mean_square.hi * 0x1p-102 ? 0 : v;
}
