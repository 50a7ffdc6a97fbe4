/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a lead without a deal is. */
#include "base/mem.h"
#include "model/prospect.h"

enum prospect_answer prospect_answer(struct text t)
{
	if (text_is(t, "yes"))
		return ANSWER_YES;
	return text_is(t, "no") ? ANSWER_NO : ANSWER_UNKNOWN;
}

bool prospect_stage(struct text t, enum prospect_stage *stage)
{
	static const char *const words[] = {
		[STAGE_NEW] = "new",
		[STAGE_OPEN] = "open",
		[STAGE_LOST] = "lost",
		[STAGE_WON] = "won",
	};

	for (size_t i = 0; i < NELEMS(words); i++) {
		if (text_is(t, words[i])) {
			*stage = (enum prospect_stage)i;
			return true;
		}
	}
	return false;
}

/* How many of the three were answered so. */
static int answered(const struct prospect_man *m, enum prospect_answer a)
{
	return (m->money == a) + (m->authority == a) + (m->need == a);
}

enum prospect_state prospect_state(const struct prospect_man *m,
				   enum prospect_stage stage)
{
	if (stage == STAGE_WON)
		return PROSPECT_WON;
	if (stage == STAGE_LOST)
		return PROSPECT_SUSPECT;
	if (answered(m, ANSWER_YES) > 0)
		return PROSPECT_POTENTIAL;
	if (answered(m, ANSWER_UNKNOWN) == 3 && stage == STAGE_OPEN)
		return PROSPECT_POTENTIAL;
	return PROSPECT_SUSPECT;
}
