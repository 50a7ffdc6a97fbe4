/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A canonical transactions stream of any size, for benches: rows in order of
 * time over three years, one to three lines a deal, a few customers with many
 * deals and many with few, every customer with at least one. It is not the
 * dealership of sample_world.h, only fast and of the right shape.
 */
#ifndef MODEL_SAMPLE_STREAM_H
#define MODEL_SAMPLE_STREAM_H

#include "base/text.h"

enum sample_form {
	SAMPLE_CSV,
	SAMPLE_QUOTED, /* CSV with every cell in quotes */
	SAMPLE_NDJSON
};

struct sample_stream_options {
	uint64_t seed;
	uint64_t rows;
	uint32_t customers;  /* 1 .. rows */
	int32_t first, last; /* days */
	bool wide;	     /* all columns of a transaction, else eight */
	enum sample_form form;
};

struct sample_stream;

/* 1 .. 99,999,999 customers, at most 999,999,999 rows. */
struct sample_stream *sample_stream_new(const struct sample_stream_options *);
void sample_stream_free(struct sample_stream *);
/* Appends the header (none in NDJSON). */
void sample_stream_header(const struct sample_stream *, struct buf *);
/* Appends one row; false when all were given. */
bool sample_stream_next(struct sample_stream *, struct buf *);

#endif
