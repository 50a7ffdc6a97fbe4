/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of time that models are told in; inside, all is days. */
#ifndef MODEL_UNIT_H
#define MODEL_UNIT_H

#include "base/text.h"

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR };

/* The words, in the order of the enum, as an option has them. */
#define UNIT_WORDS "day|week|month|year"

/* 1, 7, 365.25 / 12, 365.25 */
double unit_days(enum unit);
const char *unit_name(enum unit);

#endif
