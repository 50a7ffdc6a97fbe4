/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns described: taking values in, and joining what was taken in. */
#include "model/describe_in.h"

#include <stdlib.h>

#include "base/day.h"

struct describe *describe_new(struct describe_settings settings)
{
	struct describe *d = mem_zalloc(1, sizeof(*d));

	d->settings = settings;
	sampler_init(&d->sampler, settings.exact / 4 + 64, settings.exact);
	return d;
}

void describe_free(struct describe *d)
{
	if (!d)
		return;
	tally_release(&d->tally);
	sampler_release(&d->sampler);
	if (d->sketch) {
		moments_release(&d->sketch->totals.moments);
		cellgrid_free(d->sketch->numbers);
		cellgrid_free(d->sketch->days);
	}
	free(d->sketch);
	free(d);
}

/* ---- one value ---- */

static bool is_yesno(struct text t)
{
	static const char *const word[] = { "yes", "no", "true", "false",
					    "unknown" };

	for (size_t i = 0; t.n <= 7 && i < NELEMS(word); i++)
		if (text_is(t, word[i]))
			return true;
	return false;
}

/* Only what begins with a digit and has a dash for its fifth byte. */
static bool read_time(const struct describe_settings *s, struct text t,
		      struct describe_value *v)
{
	int32_t day;

	if (t.n < DAY_BYTES || t.p[4] != '-')
		return false;
	if (t.n == DAY_BYTES && day_parse(t, &day)) {
		v->kind = KIND_DATE;
		v->us = instant_midnight(s->clock, day);
		return true;
	}
	v->kind = KIND_INSTANT;
	return instant_parse_by(t, s->clock, &v->us);
}

struct describe_value describe_read(const struct describe_settings *s,
				    struct text t)
{
	struct describe_value v = { KIND_WORD };
	char c = t.p[0];

	if (s->type == DESCRIBE_TEXT || s->type == DESCRIBE_CATEGORY)
		return v;
	if ((unsigned char)(c - '0') > 9 && c != '-' && c != '+') {
		v.kind = is_yesno(t) ? KIND_YESNO : KIND_WORD;
		return v;
	}
	if (read_time(s, t, &v))
		return v;
	if (figure_parse(t, &v.figure))
		v.kind = v.figure.e < 0 ? KIND_DECIMAL : KIND_INTEGER;
	else
		v.kind = KIND_WORD;
	return v;
}

/* ---- totals ---- */

static void absorb_number(struct describe_totals *t, struct figure f,
			  uint64_t times, bool first)
{
	if (figure_decimals(f) > t->decimals)
		t->decimals = figure_decimals(f);
	if (first || figure_cmp(f, t->min) < 0)
		t->min = f;
	if (first || figure_cmp(f, t->max) > 0)
		t->max = f;
	t->zeros += f.m == 0 ? times : 0;
	t->negatives += f.m < 0 ? times : 0;
	moments_add(&t->moments, f, times);
}

static uint64_t numbers_of(const struct describe_totals *t)
{
	return t->kind[KIND_INTEGER] + t->kind[KIND_DECIMAL];
}

static uint64_t times_of(const struct describe_totals *t)
{
	return t->kind[KIND_DATE] + t->kind[KIND_INSTANT];
}

static uint64_t all_of(const struct describe_totals *t)
{
	uint64_t n = 0;

	for (int k = 0; k < KINDS; k++)
		n += t->kind[k];
	return n;
}

void describe_absorb(struct describe_totals *t, const struct describe_value *v,
		     uint64_t length, uint64_t times)
{
	if (!t->length_max || length < t->length_min)
		t->length_min = length;
	if (length > t->length_max)
		t->length_max = length;
	t->length_sum += length * times;
	if (describe_is_number(v->kind)) {
		absorb_number(t, v->figure, times, !numbers_of(t));
	} else if (describe_is_time(v->kind)) {
		bool first = !times_of(t);

		t->first = first || v->us < t->first ? v->us : t->first;
		t->last = first || v->us > t->last ? v->us : t->last;
	}
	t->kind[v->kind] += times;
}

static void join_numbers(struct describe_totals *t,
			 const struct describe_totals *from)
{
	bool first = !numbers_of(t);

	if (!numbers_of(from))
		return;
	if (from->decimals > t->decimals)
		t->decimals = from->decimals;
	if (first || figure_cmp(from->min, t->min) < 0)
		t->min = from->min;
	if (first || figure_cmp(from->max, t->max) > 0)
		t->max = from->max;
	t->zeros += from->zeros;
	t->negatives += from->negatives;
	moments_join(&t->moments, &from->moments);
}

static void join_totals(struct describe_totals *t,
			const struct describe_totals *from)
{
	bool first = !times_of(t);

	if (!all_of(from))
		return;
	join_numbers(t, from);
	if (times_of(from)) {
		if (first || from->first < t->first)
			t->first = from->first;
		if (first || from->last > t->last)
			t->last = from->last;
	}
	if (!all_of(t) || from->length_min < t->length_min)
		t->length_min = from->length_min;
	if (from->length_max > t->length_max)
		t->length_max = from->length_max;
	t->length_sum += from->length_sum;
	for (int k = 0; k < KINDS; k++)
		t->kind[k] += from->kind[k];
}

/* ---- from exact to sketch ---- */

static void sketch_value(struct describe_sketch *s,
			 const struct describe_value *v,
			 struct instant_clock clock, uint64_t times)
{
	if (describe_is_number(v->kind)) {
		if (!s->numbers)
			s->numbers = cellgrid_new();
		cellgrid_add(s->numbers,
			     cellgrid_cell(figure_real(v->figure)), times);
	} else if (describe_is_time(v->kind)) {
		if (!s->days)
			s->days = cellgrid_new();
		cellgrid_add(s->days, instant_day_by(clock, v->us), times);
	}
}

static void sketch_text(struct describe *d, struct text t, uint64_t length,
			uint64_t hash, uint64_t times)
{
	struct describe_value v = describe_read(&d->settings, t);

	hll_add(&d->sketch->different, hash);
	describe_absorb(&d->sketch->totals, &v, length, times);
	sketch_value(d->sketch, &v, d->settings.clock, times);
}

/* A text that was cut is no number or date, cut or not. */
static void sketch_tally(struct describe *d, const struct tally *tally)
{
	for (size_t i = 0; i < tally->slots; i++) {
		const struct tally_entry *e = &tally->entry[i];

		if (e->n)
			sketch_text(d, tally_text(e), tally_length(e),
				    tally_key_of(e).hash, e->count);
	}
}

static void begin_sketch(struct describe *d)
{
	d->sketch = mem_zalloc(1, sizeof(*d->sketch));
	sketch_tally(d, &d->tally);
	tally_release(&d->tally);
}

/* False: the text is for the sketch to take. */
static bool count(struct describe *d, const struct tally_key *k,
		  uint64_t times)
{
	if (d->sketch)
		return false;
	if (tally_add(&d->tally, k, times, d->settings.exact))
		return true;
	begin_sketch(d);
	return false;
}

/* Nothing but blanks, ASCII's or U+3000. */
static bool is_blank(struct text t)
{
	t = text_trim(t);
	while (text_starts(t, "\u3000"))
		t = text_trim((struct text){ t.p + 3, t.n - 3 });
	return t.n == 0;
}

bool describe_prepare(struct describe *d, struct text t,
		      struct describe_cell *c)
{
	if (!t.n ||
	    (((unsigned char)t.p[0] <= ' ' || t.p[0] == '\xe3') &&
	     is_blank(t)))
		return false;
	c->describe = d;
	c->text = t;
	c->key = tally_key(t);
	if (d->tally.slots)
		__builtin_prefetch(
			&d->tally.entry[(c->key.hash >> 32) &
					(d->tally.slots - 1)], 1);
	return true;
}

void describe_take(const struct describe_cell *c, uint64_t draw)
{
	struct describe *d = c->describe;

	d->filled++;
	sampler_add(&d->sampler, c->text, draw);
	if (!count(d, &c->key, 1))
		sketch_text(d, c->text, tally_characters(c->text),
			    c->key.hash, 1);
}

void describe_add(struct describe *d, struct text t, uint64_t draw)
{
	struct describe_cell c;

	if (describe_prepare(d, t, &c))
		describe_take(&c, draw);
}

uint64_t describe_draw(uint64_t line)
{
	return hash_mix(hash_mix(line ^ HASH_SALT_A, HASH_SALT_B) ^ line,
			HASH_SALT_A);
}

static void join_sketch(struct describe *d, const struct describe_sketch *from)
{
	struct describe_sketch *s = d->sketch;

	join_totals(&s->totals, &from->totals);
	hll_join(&s->different, &from->different);
	if (from->numbers) {
		if (!s->numbers)
			s->numbers = cellgrid_new();
		cellgrid_join(s->numbers, from->numbers);
	}
	if (from->days) {
		if (!s->days)
			s->days = cellgrid_new();
		cellgrid_join(s->days, from->days);
	}
}

void describe_join(struct describe *d, const struct describe *from)
{
	d->filled += from->filled;
	sampler_join(&d->sampler, &from->sampler);
	if (from->sketch) {
		if (!d->sketch)
			begin_sketch(d);
		join_sketch(d, from->sketch);
		return;
	}
	for (size_t i = 0; i < from->tally.slots; i++) {
		const struct tally_entry *e = &from->tally.entry[i];
		struct tally_key k = tally_key_of(e);

		if (e->n && !count(d, &k, e->count))
			sketch_text(d, tally_text(e), tally_length(e), k.hash,
				    e->count);
	}
}
