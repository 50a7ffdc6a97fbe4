/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Word of mouth: who recommended the house to whom, traced through leads, and
 * who came through those who came. A lead names its referrer, and, once it is
 * known, the customer that it became; so recommendations chain.
 */
#ifndef MODEL_REFERRAL_H
#define MODEL_REFERRAL_H

#include "base/text.h"

struct referral;

struct referral *referral_new(void);
void referral_free(struct referral *);

/* One lead: `customer` may be empty. False, and not taken, when a person is
 * said to be referred by himself. */
bool referral_add(struct referral *, struct text referrer,
		  struct text customer, bool won);

struct referral_row {
	struct text person;
	uint64_t leads, won;	/* referred by the person */
	uint64_t below;		/* leads referred by them or by anybody below:
				 * each once, whatever circles there are */
	uint32_t depth;		/* how many steps down the farthest of them
				 * is, at least 1 */
};

/* Everybody who referred somebody, in bytewise order of id. After the last
 * referral_add(). */
size_t referral_count(struct referral *);
struct referral_row referral_row(struct referral *, size_t i);
/* The customers whom the i-th referred and who bought (won), one after the
 * other, each once; false when there are no more. *at begins with 0. */
bool referral_won(const struct referral *, size_t i, uint32_t *at,
		  struct text *customer);

#endif
