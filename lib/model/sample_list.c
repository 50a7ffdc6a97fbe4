/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weighted word lists. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "model/sample_list.h"

static size_t count_lines(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] == '\n';
	return n;
}

static bool read_row(struct sample_list *l, struct text line)
{
	struct text *cell = l->cell + l->rows * l->columns;
	size_t n = 0;
	int64_t weight;

	while (n < l->columns && text_split(&line, ',', &cell[n]))
		n++;
	if (n != l->columns || line.p || !number_int(cell[n - 1], &weight) ||
	    weight <= 0)
		return false;
	l->upto[l->rows + 1] = l->upto[l->rows] + (uint64_t)weight;
	l->rows++;
	return true;
}

bool sample_list_read(struct sample_list *l, struct text csv)
{
	struct text line, cell, header = {0};
	size_t lines = count_lines(csv);

	*l = (struct sample_list){0};
	if (lines < 2 || !text_split(&csv, '\n', &header))
		return false;
	while (text_split(&header, ',', &cell))
		l->columns++;
	l->cell = mem_zalloc(lines * l->columns, sizeof(*l->cell));
	l->upto = mem_zalloc(lines + 1, sizeof(*l->upto));
	while (text_split(&csv, '\n', &line))
		if (line.n && !read_row(l, line))
			return false;
	return true;
}

void sample_list_release(struct sample_list *l)
{
	free(l->cell);
	free(l->upto);
	*l = (struct sample_list){0};
}

struct text sample_list_get(const struct sample_list *l, size_t row,
			    size_t column)
{
	return l->cell[row * l->columns + column];
}

int64_t sample_list_int(const struct sample_list *l, size_t row, size_t column)
{
	int64_t v = 0;

	return number_int(sample_list_get(l, row, column), &v) ? v : 0;
}

struct sample_range sample_list_all(const struct sample_list *l)
{
	return (struct sample_range){0, l->rows};
}

struct sample_range sample_list_range(const struct sample_list *l,
				      size_t column, struct text value)
{
	return sample_list_within(l, sample_list_all(l), column, value);
}

struct sample_range sample_list_within(const struct sample_list *l,
				       struct sample_range within,
				       size_t column, struct text value)
{
	struct sample_range found = {within.first, 0};
	size_t end = within.first + within.n;

	while (found.first < end &&
	       !text_eq(sample_list_get(l, found.first, column), value))
		found.first++;
	while (found.first + found.n < end &&
	       text_eq(sample_list_get(l, found.first + found.n, column),
		       value))
		found.n++;
	return found;
}

size_t sample_list_draw(const struct sample_list *l, struct sample_range range,
			struct rng *r)
{
	uint64_t base = l->upto[range.first];
	uint64_t at =
		base + rng_below(r, l->upto[range.first + range.n] - base);
	size_t lo = range.first, hi = range.first + range.n;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (l->upto[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}
