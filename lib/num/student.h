/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Student's t distribution. */
#ifndef NUM_STUDENT_H
#define NUM_STUDENT_H

/* The value that t stays below with probability p (0.5 < p < 1); `freedom`
 * may be any number > 0. Infinite where it is too large for a figure that
 * means anything (freedom below 0.05). */
double student_t(double freedom, double p);

#endif
