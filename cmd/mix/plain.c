/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups and their shares: what crm-mix gives unless asked otherwise. */
#include "cmd/mix/mix.h"

int plain_run(struct mix_options *o, char **files, size_t nfiles)
{
	struct plan p = plan_make(o);
	struct input *in = fold_open(&p, files, nfiles);
	struct output *out = columns_open(&p);
	struct mix *mix = fold_rows(&p, in);
	struct settled sums = late_settle(&p, mix);
	struct items items = items_make(&p, &sums, input_first_day(in));

	columns_write(&p, &items, out);
	input_close(in, output_rows(out));
	items_release(&items);
	settled_release(&sums);
	mix_free(mix);
	plan_release(&p);
	return output_close(out);
}
