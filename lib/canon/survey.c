/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of surveys. */
#include "canon/survey.h"

bool survey_other_scale(const struct nps_scale *scale,
			const struct cell *scale_max)
{
	return scale_max->known && scale_max->real != (double)scale->high;
}

enum reason survey_judge(const struct nps_scale *scale,
			 const struct cell *score,
			 const struct cell *scale_max)
{
	static const enum reason reason[] = {
		[NPS_GOOD] = REASON_NONE,
		[NPS_NOT_WHOLE] = REASON_BAD_VALUE,
		[NPS_OUTSIDE] = REASON_OUT_OF_RANGE,
	};

	if (survey_other_scale(scale, scale_max))
		return REASON_OUT_OF_RANGE;
	return reason[nps_judge(scale, score->real)];
}
