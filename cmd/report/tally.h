/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of a stream counted by the words of one column. */
#ifndef CMD_REPORT_TALLY_H
#define CMD_REPORT_TALLY_H

#include "base/group.h"
#include "model/mix.h"

#include "cmd/report/build.h"

struct tally {
	struct group *words;
	struct mix *span[SPANS];
};

struct tally *tally_new(void);
void tally_free(struct tally *);
void tally_add(struct tally *, enum span, struct text word);
/* The same, but rows with the same word and `id` count once. */
void tally_add_once(struct tally *, enum span, struct text word,
		    struct text id);

struct tally_row {
	const char *word;	/* in the report's language */
	int64_t rows[SPANS];
	int64_t share;		/* of NOW, millionths */
};

/* The largest first, then bytewise; the caller frees the list. */
struct tally_row *tally_rows(struct build *, const struct tally *, size_t *n);
int64_t tally_total(const struct tally *, enum span);

/* Draws rows as bars of NOW with their cumulative share, the rest in the last
 * of ten; `c` has title, about and axis. `what` is counted: tr("cases"). */
void tally_figure(struct build *, struct section *, const char *caption,
		  struct chart c, const char *what,
		  const struct tally_row *, size_t n, const struct origin *);

#endif
