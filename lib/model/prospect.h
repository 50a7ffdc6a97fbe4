/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a lead without a deal is to the customer pyramid. Seed 004 has
 * potential customers and such as are to be questioned below the customers
 * with a past deal; seed 000 asks three things of a prospect: money,
 * authority, need. A prospect is
 *
 *	potential	when at least one of the three is answered yes (passed:
 *			all are; open: some are), or none is answered and the
 *			lead is being worked on
 *	suspect		when nothing speaks for it: none of the three is yes,
 *			or the lead is lost
 *
 * Where "open" begins and what becomes of a lost lead is ours: the seeds have
 * the words alone. A lead that was won is none of the two: it had its deal.
 */
#ifndef MODEL_PROSPECT_H
#define MODEL_PROSPECT_H

#include "base/text.h"

enum prospect_answer { ANSWER_UNKNOWN, ANSWER_YES, ANSWER_NO };

/* How far the lead has come. */
enum prospect_stage { STAGE_NEW, STAGE_OPEN, STAGE_LOST, STAGE_WON };

/* In the order in which several leads of one person count: the highest. */
enum prospect_state { PROSPECT_SUSPECT, PROSPECT_POTENTIAL, PROSPECT_WON };

struct prospect_man {
	enum prospect_answer money, authority, need;
};

/* "yes", "no"; anything else is unknown. */
enum prospect_answer prospect_answer(struct text);
/* "new", "open", "lost", "won" into *stage; false: none of them. */
bool prospect_stage(struct text, enum prospect_stage *stage);
enum prospect_state prospect_state(const struct prospect_man *,
				   enum prospect_stage);

#endif
