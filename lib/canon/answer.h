/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are words: 非常满意, Very satisfied, 10 - Extremely likely. */
#ifndef CANON_ANSWER_H
#define CANON_ANSWER_H

#include "base/text.h"

/*
 * The score 1..5 that a word of satisfaction stands for, as its figure, else
 * {NULL, 0}. `clean`: by clean_code(); A-Z counts as a-z.
 */
struct text answer_word(struct text clean);

/*
 * The figure in front of a label, as forms give the ends of a scale: 10 of
 * "10 - Extremely likely" and of "10（非常愿意）"; else the text as it is. What
 * follows must begin with a letter, so that 8-10 is no figure.
 */
struct text answer_figure(struct text clean);

#endif
