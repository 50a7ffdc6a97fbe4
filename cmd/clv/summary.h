/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transactions folded to histories: crm-clv summary, and its first stage. */
#ifndef CMD_CLV_SUMMARY_H
#define CMD_CLV_SUMMARY_H

#include "model/summary.h"
#include "stream/input.h"

/* Until when the customers were watched, once the input was read: --as-of,
 * else --until, else the latest date in the data. */
int32_t clv_end(const struct common *, const struct input *);

/*
 * Reads transactions (customer_id, date, amount; kind where there is one) to
 * their end. calibration_end DAY_NONE: none. *last is clv_end(). Dies when
 * sums of money are too large. The caller closes the input and frees the
 * summary.
 */
struct summary *clv_read_summary(const struct common *, char *const *files,
				 size_t nfiles, int32_t calibration_end,
				 struct input **in, int32_t *last);

int clv_summary(int argc, char **argv);

#endif
