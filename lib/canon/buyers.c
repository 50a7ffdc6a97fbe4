/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summary rows as buyers. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "canon/buyers.h"

const struct input_column buyer_columns[BUYER_COLUMNS] = {
	[BUYER_ID] = { "customer_id", COL_TEXT, INPUT_FILLED },
	[BUYER_FREQUENCY] = { "frequency", COL_INT, INPUT_FILLED },
	[BUYER_RECENCY] = { "recency", COL_REAL, INPUT_FILLED },
	[BUYER_T] = { "T", COL_REAL, INPUT_FILLED },
	[BUYER_MONEY] = { "monetary_value", COL_REAL, INPUT_OPTIONAL },
	[BUYER_LOG_GAPS] = { "log_gaps", COL_REAL, INPUT_OPTIONAL },
};

bool buyer_read(struct input *in, const struct cell *c, struct buyer *b)
{
	*b = (struct buyer){
		.x = (double)c[BUYER_FREQUENCY].whole,
		.t_x = c[BUYER_RECENCY].real,
		.T = c[BUYER_T].real,
		.z = c[BUYER_MONEY].known ? c[BUYER_MONEY].real : 0,
	};
	if (buyer_is_sound(b))
		return true;
	if (b->x < 0)
		input_reject(in, BUYER_FREQUENCY, REASON_OUT_OF_RANGE,
			     "a frequency is not negative");
	else if (b->t_x < 0 || b->t_x > b->T)
		input_reject(in, BUYER_RECENCY, REASON_OUT_OF_RANGE,
			     "recency lies between 0 and T");
	else
		input_reject(in, BUYER_RECENCY, REASON_OUT_OF_RANGE,
			     "recency is 0 when frequency is, and only then");
	return false;
}

void buyers_add(struct buyers *list, const struct buyer *b)
{
	list->at = mem_grow(list->at, list->n, &list->cap, sizeof(*list->at));
	list->at[list->n++] = *b;
}

void buyers_add_gaps(struct buyers *list, const struct buyer *b,
		     const struct cell *log_gaps)
{
	if (b->x > 0)
		list->log_gaps += log_gaps->known ? log_gaps->real : NAN;
}

void buyers_release(struct buyers *list)
{
	free(list->at);
	*list = (struct buyers){ 0 };
}
