/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV: the vector code, its plain twin and every size of the stretches give
 * the same records; what libcsv says of a record we say too, but for a quote
 * inside a field that does not begin with one. The first byte chooses the
 * delimiter and the size.
 */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/csv_in.h"
#include "tests/fuzz/fuzz.h"

/* Records as text, so that they can be compared. */
static void tell(struct buf *to, const struct frames *f, const char *p,
		 uint32_t lines)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct framed *r = &f->rec[i];

		buf_addf(to, "%u %u %u", lines + r->line, r->fault, r->quoted);
		for (size_t k = 0; k < r->fields; k++) {
			buf_addc(to, '|');
			buf_addt(to, csvin_raw(f, r, p, k));
		}
		buf_addc(to, '\n');
	}
}

static struct buf whole(const char *p, size_t n, char delimiter, bool vectors)
{
	struct frames f = { 0 };
	struct buf all = { 0 };

	frame_use_vectors(vectors);
	must(frame_csv(&f, p, n, delimiter, true) == n);
	frame_use_vectors(true);
	tell(&all, &f, p, 0);
	frames_release(&f);
	return all;
}

/* As a feed does it, in memory of the exact size. */
static struct buf in_steps(const char *p, size_t n, char delimiter, size_t step)
{
	struct frames f = { 0 };
	struct buf all = { 0 };
	size_t at = 0, end = 0;
	uint32_t lines = 0;

	while (at < n) {
		char *some;
		size_t used;

		end = n - end < step ? n : end + step;
		some = mem_alloc(end - at, 1);
		memcpy(some, p + at, end - at);
		frames_clear(&f);
		used = frame_csv(&f, some, end - at, delimiter, end == n);
		must(used <= end - at && (end < n || used == end - at));
		tell(&all, &f, some, lines);
		lines += f.lines;
		at += used;
		free(some);
	}
	frames_release(&f);
	return all;
}

/* ---- libcsv ---- */

struct expect {
	const struct frames *f;
	const struct framed *rec;
	const char *p;
	struct csvin *in;
	size_t fields;
	bool same;
};

static void on_field(void *field, size_t n, void *ctx)
{
	struct expect *e = ctx;
	struct text v;

	if (e->fields < e->rec->fields && !e->rec->fault &&
	    !csvin_is_doubtful(e->rec))
		must(text_eq(csvin_plain(e->f, e->rec, e->p, e->fields),
			     (struct text){ field, n }));
	e->same = e->same && e->fields < e->rec->fields &&
		  csvin_value(e->in, csvin_raw(e->f, e->rec, e->p, e->fields),
			      &v) &&
		  text_eq(v, (struct text){ field, n });
	e->fields++;
}

static int never(unsigned char c)
{
	(void)c;
	return 0;
}

static bool has_stray_quote(const struct expect *e)
{
	for (size_t i = 0; i < e->rec->fields; i++) {
		struct text raw = csvin_raw(e->f, e->rec, e->p, i);

		if (raw.n && raw.p[0] != '"' && memchr(raw.p, '"', raw.n))
			return true;
	}
	return false;
}

static void judge(struct expect *e, char delimiter)
{
	struct csv_parser c;
	struct text t = { e->p + e->rec->start, e->rec->stop - e->rec->start };
	bool good;

	if (has_stray_quote(e))
		return;
	csvin_begin(e->in, t.n);
	e->fields = 0;
	e->same = true;
	must(csv_init(&c, CSV_STRICT | CSV_STRICT_FINI) == 0);
	csv_set_delim(&c, (unsigned char)delimiter);
	csv_set_space_func(&c, never);
	good = csv_parse(&c, t.p, t.n, on_field, NULL, e) == t.n &&
	       csv_fini(&c, on_field, NULL, e) == 0;
	csv_free(&c);
	must(good == !e->rec->fault);
	must(!good || (e->same && e->fields == e->rec->fields));
}

static void judge_all(const char *p, size_t n, char delimiter)
{
	struct frames f = { 0 };
	struct expect e = { .f = &f, .p = p, .in = csvin_new(delimiter) };

	frame_csv(&f, p, n, delimiter, true);
	for (size_t i = 0; i < f.n; i++) {
		e.rec = &f.rec[i];
		judge(&e, delimiter);
	}
	csvin_free(e.in);
	frames_release(&f);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const char *p = (const char *)data + 1;
	char delimiter;
	struct buf plain, vectors, steps;

	if (size < 2)
		return 0;
	size--;
	delimiter = ",\t;|"[data[0] & 3];
	plain = whole(p, size, delimiter, false);
	vectors = whole(p, size, delimiter, true);
	steps = in_steps(p, size, delimiter, 1 + (data[0] >> 2));
	must(text_eq(buf_text(&plain), buf_text(&vectors)));
	must(text_eq(buf_text(&plain), buf_text(&steps)));
	judge_all(p, size, delimiter);
	buf_release(&plain);
	buf_release(&vectors);
	buf_release(&steps);
	return 0;
}
