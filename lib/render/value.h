/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One figure of a report, in the type that it was computed in, and how it is
 * written: for people in full (tables) or short (cards, axes: 312万, 3.1 M),
 * and for machines with the very digits that the command prints.
 */
#ifndef RENDER_VALUE_H
#define RENDER_VALUE_H

#include "base/text.h"

enum value_kind {
	VALUE_NONE,		/* unknown: a dash for people, null in JSON */
	VALUE_TEXT,
	VALUE_COUNT,
	VALUE_MONEY,		/* fen */
	VALUE_SHARE,		/* millionths of the whole */
	VALUE_SCORE,		/* 4 decimals for machines, 1 for people */
	VALUE_REAL,		/* %.10g for machines, 2 decimals for people */
	VALUE_DAY
};

struct value {
	enum value_kind kind;
	union {
		const char *text;	/* outlives the report's writing */
		int64_t count;
		int64_t fen;
		int64_t ppm;
		double real;		/* score, real */
		int32_t day;
	};
};

#define VALUE_PPM 1000000

struct value value_none(void);
struct value value_text(const char *);	/* NULL: unknown */
struct value value_count(int64_t);
struct value value_money(int64_t fen);
struct value value_share(int64_t ppm);
struct value value_score(double);
struct value value_real(double);
struct value value_day(int32_t);	/* DAY_NONE: unknown */

bool value_known(struct value);
/* Its size on an axis: yuan, count, 0..100 for a share. NAN when unknown. */
double value_size(struct value);

/* For people, in the language of the report (msg_lang). Text as it is. */
void value_show(struct buf *, struct value);
void value_show_short(struct buf *, struct value);
/*
 * What has changed since `before`: in percent of it for counts and money
 * ("+3.4%"), in points for shares and scores. False, and nothing is written,
 * when either is unknown or the percentage would be of nothing.
 */
bool value_show_change(struct buf *, struct value now, struct value before);
/* -1, 0, 1: fell, as it was, rose. 0 too when either is unknown. */
int value_compare(struct value now, struct value before);

/* A number of any size in few signs: 9,512; 3.12万 and 1.2亿 or 3.1 M. */
void value_short_number(struct buf *, double);

/* Bare, as the commands print it; "" when unknown. */
void value_plain(struct buf *, struct value);

#endif
