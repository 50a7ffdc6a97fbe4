/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers that tell what was expected besides what was perceived, summed up by
 * group and item (a question, a touchpoint): what --csi and --gap share.
 */
#ifndef CMD_NPS_PAIRING_H
#define CMD_NPS_PAIRING_H

#include "cmd/nps/nps.h"
#include "num/pairs.h"

struct item {
	size_t label;		/* group of --by and --trend */
	struct text name;
	struct pairs pairs;	/* x expected, y perceived */
	struct pairs ideal;	/* x ideal, y perceived */
	uint64_t below, met, above;	/* perceived against expected */
	uint64_t promises, kept;
};

struct pairing {
	/* set by the caller */
	const struct nps_options *o;
	const char *item;	/* column that names the item */
	const char *ideal;	/* column of the ideal expectation, or NULL */
	bool promises;		/* is the column promise_kept looked at? */

	struct input *in;
	struct by by;
	struct input_column column[8];
	struct group *items;	/* label and name -> number */
	struct item *list;
	size_t n, cap;
	struct arena names;
};

/* Opens the files; by_open() may be called after it, with &by. */
void pairing_open(struct pairing *, char *const *files, size_t nfiles);
void pairing_read(struct pairing *);
/* Items by group in the order of output, those of a group as `before` has
 * them; the caller frees. */
size_t *pairing_order(const struct pairing *,
		      bool (*before)(const struct item *, const struct item *));
/* input_close() and the rest. */
void pairing_close(struct pairing *, uint64_t rows);

#endif
