/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the results of crm-mix have in common, all but the plain one. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/mix/results.h"

void results_check(const struct mix_options *o, const char *option,
		   bool measured)
{
	if (strcmp(o->stream, "transactions") != 0)
		die_usage("%s is of transactions, not --stream %s", option,
			  o->stream);
	if (o->trend || o->compare || o->count || o->pivot ||
	    (o->measure && !measured))
		die_usage("%s goes without --trend, --compare, --count, "
			  "--pivot%s",
			  option, measured ? "" : " and --measure");
}

void results_refuse_late(const struct dims *d, const char *option)
{
	if (dims_have(d, LATE_TIER))
		die_usage("%s: --by tier needs a column `tier`, such as "
			  "--with a file of crm-tier gives",
			  option);
	if (dims_have(d, LATE_NEW))
		die_usage("%s: --by customer_age is not to be had here; "
			  "--growth --effects customers tells new from "
			  "existing ones",
			  option);
}

bool results_rival(struct input *in, const struct cell *c, int column,
		   bool *rival)
{
	struct text t = c[column].text;

	*rival = text_is(t, "yes");
	if (!t.n || *rival || text_is(t, "no"))
		return true;
	input_reject(in, column, REASON_BAD_VALUE, NULL);
	return false;
}

static void check_names(const struct output_column *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (strcmp(c[i].name, c[k].name) == 0)
				die_usage("--by: the result would have two "
					  "columns \"%s\"; --col NAME=%s reads "
					  "it under another name",
					  c[i].name, c[i].name);
}

struct output *results_open(const struct common *common, const struct dims *d,
			    const struct output_column *before, size_t nbefore,
			    const struct output_column *after, size_t nafter)
{
	size_t n = 0;
	struct output_column *c =
		mem_alloc(nbefore + d->n + nafter, sizeof(*c));
	struct output *out;

	for (size_t i = 0; i < nbefore; i++)
		c[n++] = before[i];
	for (size_t i = 0; i < d->n; i++)
		c[n++] = (struct output_column){d->dim[i].name, COL_TEXT};
	for (size_t i = 0; i < nafter; i++)
		c[n++] = after[i];
	check_names(c, n);
	out = output_open(common, c, n);
	free(c);
	return out;
}

void results_put_label(const struct dims *d, struct text label,
		       struct output *out)
{
	struct text part = {0};

	for (size_t i = 0; i < d->n; i++) {
		dims_part(&label, &part);
		output_text(out, part);
	}
}
