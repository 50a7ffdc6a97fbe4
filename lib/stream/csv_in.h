/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of CSV fields. A field that does not begin with a quote is its own
 * value; a quoted one without inner quotes is what stands between them; the
 * rest is libcsv's to judge.
 */
#ifndef STREAM_CSV_IN_H
#define STREAM_CSV_IN_H

#include "stream/frame.h"

struct csvin;

struct csvin *csvin_new(char delimiter);
void csvin_free(struct csvin *);

/* Forgets the values of the record before; `bytes` is the length of the next
 * one, room for all its values. */
void csvin_begin(struct csvin *, size_t bytes);
/* The value of a raw field, valid until the next csvin_begin(); false when
 * its quoting is wrong. */
bool csvin_value(struct csvin *, struct text raw, struct text *value);

/* Raw field i (i < rec->fields) of a framed record in `bytes`. */
static inline struct text csvin_raw(const struct frames *f,
				    const struct framed *rec,
				    const char *bytes, size_t i)
{
	const uint32_t *sep = f->sep + rec->sep;
	uint32_t start = i ? sep[i - 1] + 1 : rec->start;

	return (struct text){ bytes + start, sep[i] - start };
}

/* Whether the fields of a sound record are to be judged, by csvin_begin() and
 * csvin_value(); else csvin_plain() has their values. */
static inline bool csvin_is_doubtful(const struct framed *rec)
{
	return rec->quoted > 1;
}

/* The value of field i of a sound record that is not doubtful. */
static inline struct text csvin_plain(const struct frames *f,
				      const struct framed *rec,
				      const char *bytes, size_t i)
{
	struct text t = csvin_raw(f, rec, bytes, i);

	if (rec->quoted && t.n && t.p[0] == '"')
		t = (struct text){ t.p + 1, t.n - 2 };
	return t;
}

#endif
