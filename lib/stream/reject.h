/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows set aside: CSV `file,line,column,reason,message,record`, a file's
 * header before its first reject, so that `crmutils rejects` can give back a
 * file to mend and feed in again. Without --rejects the first bad row ends
 * the run with a message.
 */
#ifndef STREAM_REJECT_H
#define STREAM_REJECT_H

#include "base/text.h"
#include "stream/common.h"
#include "stream/reason.h"

struct rejects;

/* NULL path: no rejects were asked for; every reject_row() ends the run. */
struct rejects *rejects_open(const char *path);
/* What such an end advises, in place of --rejects. */
void rejects_remedy(struct rejects *, const char *remedy);
void rejects_close(struct rejects *);

/* The file that later rows come from, its header as raw bytes (borrowed until
 * the next call; empty: none) and the physical line where that stands. */
void rejects_file(struct rejects *, const char *file, struct text header,
		  uint64_t line);

/*
 * Sets one row aside. `column` may be NULL; `message` NULL: the reason's own
 * sentence; `record` is the raw row. Does not return when no rejects were
 * asked for, unless the reason is `not-data`, which is never an error.
 */
void rejects_row(struct rejects *, uint64_t line, const char *column,
		 enum reason, const char *message, struct text record);

/*
 * Appends a value as a message may show it: quoted, control bytes visible,
 * long text cut, and never a whole phone, VIN, plate or name: text that is
 * not of a number's or date's kind is described, not shown.
 */
void reject_quote(struct buf *, struct text value);

/* --max-rejects, "N" or "N%": true when `rejected` of `in` rows is more. */
bool rejects_too_many(const char *max, uint64_t rejected, uint64_t in);

#endif
