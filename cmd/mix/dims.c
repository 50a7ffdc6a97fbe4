/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of --by. */
#include "cmd/mix/dims.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"

/* The one byte that no cell can hold (a row with a NUL is set aside), and the
 * least, so that labels are in order word by word. */
#define SEPARATOR '\0'

static struct text const unknown = {"unknown", 7};

/* What a word's text is made of. */
struct seen {
	const struct cell *other; /* the columns it looks at */
	const struct cell *date;	/* with a time of day, or NULL */
	int32_t day;
	char *room; /* DAY_BYTES, for a text that is made */
};

struct word {
	const char *name;
	const char *unit; /* a period of the date: day_label() */
	struct text (*text)(const struct seen *);
	enum late late;
	struct input_column other[2]; /* looked at */
	const char *without;	      /* what to do when there are none */
};

/* ---- texts ---- */

static struct text weekday(const struct seen *s)
{
	static const char names[][6] = {"1-mon", "2-tue", "3-wed", "4-thu",
					"5-fri", "6-sat", "7-sun"};

	if (s->day == DAY_NONE)
		return unknown;
	return (struct text){ names[day_weekday(s->day) - 1], 5 };
}

/* What follows the day in "2025-10-03T10:22:31+08:00", as it is written. */
static struct text time_of_date(const struct cell *date)
{
	struct text t = { 0 };

	if (date && date->text.n > DAY_BYTES + 1)
		t = (struct text){ date->text.p + DAY_BYTES + 1,
				   date->text.n - DAY_BYTES - 1 };
	return t;
}

/* Of a time of day, "9:05" or "09:05:00". */
static struct text hour(const struct seen *s)
{
	struct text t = s->other[0].known ? s->other[0].text :
					    time_of_date(s->date);
	size_t n = t.n > 1 && ascii_is_digit(t.p[1]) ? 2 : 1;

	if (t.n <= n || t.p[n] != ':' || !ascii_is_digit(t.p[0]))
		return unknown;
	s->room[0] = n == 2 ? t.p[0] : '0';
	s->room[1] = t.p[n - 1];
	if (s->room[0] > '2' || (s->room[0] == '2' && s->room[1] > '3'))
		return unknown;
	return (struct text){ s->room, 2 };
}

/* Cars that are paid before they are handed over are new ones. */
#define AHEAD_MONTHS 12

static struct text age_band(const struct seen *s)
{
	static struct text const bands[] = {
		{"0-1", 3}, {"1-2", 3}, {"2-3", 3}, {"3+", 2}};
	const struct cell *bought = &s->other[0];
	size_t years = 0;

	if (!bought->known)
		bought = &s->other[1];
	if (!bought->known || s->day == DAY_NONE ||
	    s->day < day_add_months(bought->day, -AHEAD_MONTHS))
		return unknown;
	while (years + 1 < NELEMS(bands) &&
	       s->day >= day_add_months(bought->day, 12 * (int)(years + 1)))
		years++;
	return bands[years];
}

static struct text other_column(const struct seen *s)
{
	return s->other[0].text;
}

/* Periods stand first, from the shortest to the longest. */
static const struct word words[] = {
	{ .name = "week", .unit = "week" },
	{ .name = "month", .unit = "month" },
	{ .name = "quarter", .unit = "quarter" },
	{ .name = "year", .unit = "year" },
	{ .name = "weekday", .text = weekday },
	{ .name = "hour",
	 .text = hour,
	 .other = {{"time", COL_TEXT, INPUT_OPTIONAL}},
	 .without = "the rows have no column `time`"},
	{ .name = "tier", .late = LATE_TIER },
	{ .name = "customer_age", .late = LATE_NEW },
	{ .name = "age_band",
	 .text = age_band,
	 .other = {{"purchased_on", COL_DAY, INPUT_OPTIONAL},
		   {"registered_on", COL_DAY, INPUT_OPTIONAL}},
	 .without = "--with vehicles.csv gives the cars' purchased_on or "
		    "registered_on, by vin"},
	{ .name = "store",
	 .text = other_column,
	 .other = {{"store_id", COL_TEXT, INPUT_OPTIONAL}},
	 .without = "the rows have no column `store_id`"},
	{ .name = "staff",
	 .text = other_column,
	 .other = {{"staff_id", COL_TEXT, INPUT_OPTIONAL}},
	 .without = "the rows have no column `staff_id`"},
};

static const struct word *find_word(const char *name)
{
	for (size_t i = 0; i < NELEMS(words); i++)
		if (strcmp(words[i].name, name) == 0)
			return &words[i];
	return NULL;
}

/* ---- columns ---- */

static void add_dim(struct dims *d, struct text name)
{
	if (d->n == DIMS_MAX)
		die_usage("--by: at most %d columns, that of --pivot among "
			  "them", DIMS_MAX);
	struct dim *dim = &d->dim[d->n++];

	dim->name = arena_strdup(&d->names, name.p, name.n);
	dim->word = find_word(dim->name);
}

void dims_split(struct dims *d, const char *by, const char *pivot)
{
	struct text rest = text_of(by), part;

	*d = (struct dims){ 0 };
	while (by && text_split(&rest, ',', &part)) {
		if (!part.n)
			die_usage("--by: \"%s\" has an empty name", by);
		add_dim(d, part);
	}
	if (pivot)
		add_dim(d, text_of(pivot));
}

static size_t others(const struct word *w)
{
	size_t n = 0;

	while (w && n < NELEMS(w->other) && w->other[n].name)
		n++;
	return n;
}

void dims_columns(struct dims *d, struct input_column *columns, size_t *n)
{
	for (size_t i = 0; i < d->n; i++) {
		struct dim *dim = &d->dim[i];

		dim->cell = *n;
		columns[(*n)++] = (struct input_column){
			dim->name, COL_TEXT,
			dim->word ? INPUT_OPTIONAL : INPUT_REQUIRED};
		dim->other = *n;
		for (size_t k = 0; k < others(dim->word); k++)
			columns[(*n)++] = dim->word->other[k];
	}
}

/* Is there one of the columns that the word looks at? */
static bool is_served(const struct dims *d, const struct dim *dim,
		      const struct input *in)
{
	size_t n = others(dim->word);

	if (d->timed && dim->word->text == hour)
		return true;

	for (size_t i = 0; i < n; i++)
		if (input_has(in, (int)(dim->other + i)))
			return true;
	return n == 0;
}

void dims_settle(struct dims *d, const struct input *in)
{
	for (size_t i = 0; i < d->n; i++) {
		struct dim *dim = &d->dim[i];

		if (!dim->word)
			continue;
		if (input_has(in, (int)dim->cell))
			dim->word = NULL;
		else if (!is_served(d, dim, in))
			die("no column \"%s\", and nothing to work it out "
			    "of: %s", dim->name, dim->word->without);
	}
}

void dims_release(struct dims *d)
{
	arena_release(&d->names);
}

bool dims_have(const struct dims *d, enum late late)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->dim[i].word && d->dim[i].word->late == late)
			return true;
	return false;
}

const char *dims_period(const struct dims *d)
{
	const struct word *shortest = NULL;

	for (size_t i = 0; i < d->n; i++) {
		const struct word *w = d->dim[i].word;
		if (w && w->unit && (!shortest || w < shortest))
			shortest = w;
	}
	return shortest ? shortest->unit : NULL;
}

/* ---- labels ---- */

#define MEMORY_DAYS 4096

/* The text of a period that a day lies in; 0 bytes: not known yet. */
struct day_text {
	int32_t day;
	uint8_t n;
	char p[DAY_BYTES];
};

struct dims_memory {
	struct day_text *text[DIMS_MAX]; /* MEMORY_DAYS each */
	char room[DIMS_MAX][DAY_BYTES];		/* for texts that are made */
};

struct dims_memory *dims_memory_new(void)
{
	return mem_zalloc(1, sizeof(struct dims_memory));
}

void dims_memory_free(struct dims_memory *m)
{
	for (size_t i = 0; i < DIMS_MAX; i++)
		free(m->text[i]);
	free(m);
}

static struct text period(struct dims_memory *m, size_t dim, const char *unit,
			  int32_t day)
{
	struct day_text *t;

	if (day == DAY_NONE)
		return unknown;
	if (!m->text[dim])
		m->text[dim] = mem_zalloc(MEMORY_DAYS, sizeof(*t));
	t = &m->text[dim][(uint32_t)day % MEMORY_DAYS];
	if (!t->n || t->day != day) {
		t->day = day;
		t->n = (uint8_t)day_label(day, unit, t->p);
	}
	return (struct text){ t->p, t->n };
}

static struct text part_of(const struct dims *d, size_t i,
			   struct dims_memory *m, const struct cell *cell,
			   int32_t day)
{
	const struct dim *dim = &d->dim[i];
	const struct word *w = dim->word;

	if (!w)
		return cell[dim->cell].text;
	if (w->unit)
		return period(m, i, w->unit, day);
	if (!w->text)
		return (struct text){ 0 };
	return w->text(&(struct seen){
		.other = cell + dim->other,
		.date = d->timed ? &cell[d->date] : NULL,
		.day = day,
		.room = m->room[i],
	});
}

/* Asked of every row: the room is made once for all words. */
void dims_label(const struct dims *d, struct dims_memory *m,
		const struct cell *cell, int32_t day, struct buf *to)
{
	struct text part[DIMS_MAX];
	size_t bytes = d->n;
	char *begin, *p;

	for (size_t i = 0; i < d->n; i++) {
		part[i] = part_of(d, i, m, cell, day);
		bytes += part[i].n;
	}
	begin = p = buf_room(to, bytes);
	for (size_t i = 0; i < d->n; i++) {
		if (i)
			*p++ = SEPARATOR;
		p = text_put(p, part[i]);
	}
	to->n += (size_t)(p - begin);
}

bool dims_part(struct text *rest, struct text *part)
{
	return text_split(rest, SEPARATOR, part);
}

void dims_fill(const struct dims *d, struct text label, const struct text *late,
	       struct buf *to)
{
	struct text part = { 0 };

	for (size_t i = 0; i < d->n; i++) {
		const struct word *w = d->dim[i].word;

		dims_part(&label, &part);
		if (i)
			buf_addc(to, SEPARATOR);
		buf_addt(to, w && w->late ? late[w->late] : part);
	}
}
