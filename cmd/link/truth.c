/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How right it is, where the truth is known. */
#include <stdio.h>
#include <stdlib.h>

#include "base/msg.h"
#include "model/linkage_truth.h"

#include "cmd/link/run.h"

static void tell(const char *which, double match_at,
		 const struct linkage_truth *t)
{
	fprintf(stderr,
		"%s: truth: at=%g%s records=%llu true=%llu found=%llu "
		"right=%llu precision=%.6f recall=%.6f f1=%.6f\n",
		msg_program(), match_at, which, (unsigned long long)t->records,
		(unsigned long long)t->real, (unsigned long long)t->found,
		(unsigned long long)t->right, t->precision, t->recall, t->f1);
}

void link_tell_truth(const struct link_run *r)
{
	uint32_t *entity = link_read_truth(r);
	struct linkage_truth t = linkage_truth_run(r->linkage, entity);
	double best_at = r->o->match_at;

	/* Nothing found of nothing looks perfect. */
	if (t.records == 0)
		warn("%s: none of its records is among those that were read",
		     r->o->truth);
	tell("", r->o->match_at, &t);
	if (r->learned) {
		t = linkage_truth_best(r->linkage, entity, &best_at);
		tell(" (best)", best_at, &t);
	}
	free(entity);
}
