/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of each dimension, and what part of all they are. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "canon/mask.h"
#include "cmd/profile/people.h"
#include "model/mix.h"

/* Nobody and no car is older. */
#define YEARS_MAX 130

struct line {
	char label[BANDS_LABEL];
	struct text text;
	bool value;		/* it stands in the data */
	uint64_t count;
};

static void put_group(const struct dimension *d, const struct line *line,
		      struct output *out)
{
	struct buf masked = { 0 };

	if (line->value && d->mask != FIELD_NONE) {
		mask_field(&masked, d->mask, line->text);
		output_text(out, buf_text(&masked));
	} else {
		output_text(out, line->text);
	}
	buf_release(&masked);
}

static void write_lines(struct people *r, size_t label,
			const struct dimension *d, const struct line *line,
			size_t n)
{
	money_wide *value = mem_alloc(n, sizeof(*value));
	int64_t *share = mem_zalloc(n, sizeof(*share));
	bool any;

	for (size_t i = 0; i < n; i++)
		value[i] = (money_wide)line[i].count;
	any = mix_shares(value, n, 1000, share);
	for (size_t i = 0; i < n; i++) {
		by_put(&r->by, label, r->out);
		output_str(r->out, d->name);
		put_group(d, &line[i], r->out);
		output_int(r->out, (int64_t)line[i].count);
		if (any)
			output_tenths(r->out, share[i]);
		else
			output_empty(r->out);
		output_day(r->out, d->age ? r->as_of : DAY_NONE);
		output_end(r->out);
	}
	free(value);
	free(share);
}

static size_t end_line(struct line *line, size_t n, const char *name,
		       uint64_t count)
{
	line[n] = (struct line){ .text = text_of(name), .count = count };
	return n + 1;
}

/* Ages in their order, then days that cannot be, then those not known. */
static void write_ages(struct people *r, size_t label, const struct dimension *d,
		       const struct tally *t)
{
	struct line line[BANDS_MAX + 3] = { 0 };
	uint64_t known = 0, odd = 0;
	size_t n = r->bands.n + 1;

	for (size_t i = 0; i < n; i++)
		line[i].text = (struct text){
			line[i].label, bands_label(&r->bands, i,
						   r->o->inclusive,
						   line[i].label)
		};
	for (size_t i = 0; i < t->slots; i++) {
		const struct tally_entry *e = &t->entry[i];
		int32_t day;
		int64_t years;

		if (!e->n || !day_parse(tally_text(e), &day))
			continue;
		if (r->as_of == DAY_NONE)
			die("--as-of: no %s says on which day to tell the age; "
			    "give --as-of",
			    r->o->date);
		known += e->count;
		years = day > r->as_of ? -1 : bands_years(day, r->as_of);
		if (years < 0 || years > YEARS_MAX)
			odd += e->count;
		else
			line[bands_of(&r->bands, years)].count += e->count;
	}
	if (odd)
		n = end_line(line, n, "implausible", odd);
	n = end_line(line, n, "unknown", r->rows[label] - known);
	write_lines(r, label, d, line, n);
}

static int by_count_then_text(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return text_cmp(x->text, y->text);
}

static void write_words(struct people *r, size_t label, const struct dimension *d,
			const struct tally *t)
{
	struct line *line = mem_alloc(t->n + 2, sizeof(*line));
	uint64_t known = 0, others = 0;
	size_t n = 0, top = (size_t)r->o->top;

	for (size_t i = 0; i < t->slots; i++) {
		if (!t->entry[i].n)
			continue;
		n = end_line(line, n, NULL, t->entry[i].count);
		line[n - 1].text = tally_text(&t->entry[i]);
		line[n - 1].value = true;
		known += t->entry[i].count;
	}
	if (n)
		qsort(line, n, sizeof(*line), by_count_then_text);
	for (; n > top; n--)
		others += line[n - 1].count;
	if (others)
		n = end_line(line, n, "others", others);
	n = end_line(line, n, "unknown", r->rows[label] - known);
	write_lines(r, label, d, line, n);
	free(line);
}

void people_write(struct people *r, size_t label)
{
	for (size_t i = 0; i < r->dims; i++) {
		const struct dimension *d = &r->dim[i];
		const struct tally *t = &r->tally[label * r->dims + i];

		if (!people_have(r, d))
			continue;
		if (d->age)
			write_ages(r, label, d, t);
		else
			write_words(r, label, d, t);
	}
}
