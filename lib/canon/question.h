/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions of a survey, where forms write them as headers: by their wording,
 * and by what stands in the column.
 */
#ifndef CANON_QUESTION_H
#define CANON_QUESTION_H

#include "base/text.h"

struct plan_file;
struct reading_rules;

/*
 * A folded header (header_fold()) without the number of the question in front
 * and the mark behind: 满意度 of "1、满意度？", "q1满意度", "(1)满意度" and
 * "第1题:满意度". As it is where there is nothing else, or no number: 4s店 has
 * none, as no sign follows its figure.
 */
struct text question_bare(struct text folded);

/* Does a folded header ask how likely one is to recommend? Not why, and not of
 * which class one is by it. */
bool question_recommends(struct text folded);

/*
 * The highest score that a folded header names, the 10 of "nps(0-10分)" or
 * "on a scale of 1 to 10"; empty where it names none. A scale begins with 0
 * or 1 and ends with 4 to 10, or 100.
 */
struct text question_highest(struct text folded);

/* Is it a header of row numbers or of nobody knows whose: id, #, No.? */
bool question_is_number(struct text folded);

/*
 * Do the samples of column i hold scores, figures or words from 0 to `most`?
 * At least one does, and all are scores, null words, negative codes (-1: not
 * applicable) or empty; and they are no numbers of rows (1, 2, 3, 4 ..).
 * `labels`: "10 - Extremely likely" is a score too. *highest gets the highest
 * figure.
 */
bool question_scored(const struct plan_file *, size_t i,
		     const struct reading_rules *, double most, bool labels,
		     double *highest);

#endif
