/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by describe.c, which takes values in, and describe_finish.c. */
#ifndef MODEL_DESCRIBE_IN_H
#define MODEL_DESCRIBE_IN_H

#include "model/describe.h"
#include "model/sampler.h"
#include "model/tally.h"
#include "num/cellgrid.h"
#include "num/hll.h"
#include "num/moments.h"

/* What a single value looks like. */
enum describe_kind {
	KIND_INTEGER,
	KIND_DECIMAL,
	KIND_DATE,
	KIND_INSTANT,
	KIND_YESNO,
	KIND_WORD,
	KINDS
};

struct describe_value {
	enum describe_kind kind;
	struct figure figure;	/* numbers */
	int64_t us;		/* dates (their midnight) and instants */
};

/* Sums, least and greatest of everything that was absorbed. */
struct describe_totals {
	uint64_t kind[KINDS];
	int decimals;
	struct moments moments;
	struct figure min, max;
	uint64_t zeros, negatives;
	int64_t first, last;	/* of dates and instants */
	uint64_t length_min, length_max, length_sum;
};

struct describe {
	struct describe_settings settings;
	uint64_t filled;
	struct tally tally;	/* as long as everything is exact */
	struct sampler sampler;
	/* From then on; NULL before. */
	struct describe_sketch *sketch;
};

struct describe_sketch {
	struct describe_totals totals;
	struct hll different;
	struct cellgrid *numbers, *days;	/* NULL: none yet */
};

struct describe_value describe_read(const struct describe_settings *,
				    struct text);
void describe_absorb(struct describe_totals *, const struct describe_value *,
		     uint64_t length, uint64_t times);

static inline bool describe_is_number(enum describe_kind k)
{
	return k == KIND_INTEGER || k == KIND_DECIMAL;
}

static inline bool describe_is_time(enum describe_kind k)
{
	return k == KIND_DATE || k == KIND_INSTANT;
}

#endif
