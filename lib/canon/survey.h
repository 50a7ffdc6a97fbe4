/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of surveys. */
#ifndef CANON_SURVEY_H
#define CANON_SURVEY_H

#include "model/nps.h"
#include "stream/input.h"

/* Whether the row names a scale, and it ends elsewhere than `scale` does. */
bool survey_other_scale(const struct nps_scale *scale,
			const struct cell *scale_max);

/*
 * Why a score (COL_REAL, known) cannot be used: out-of-range where it is
 * outside the scale or of another one, bad-value where it is between two
 * whole scores. REASON_NONE: it can.
 */
enum reason survey_judge(const struct nps_scale *scale,
			 const struct cell *score,
			 const struct cell *scale_max);

#endif
