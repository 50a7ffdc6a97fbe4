/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What serving a customer costs: a table of rates in fen for each contact (by
 * channel), each complaint (by severity) and each visit (by the kind of what
 * was sold). The seeds name the thing (seed 004: the resources put in,
 * the cost of service) and give no rates: those that ship are ours.
 */
#ifndef MODEL_SERVICECOST_H
#define MODEL_SERVICECOST_H

#include "base/text.h"

enum servicecost_kind {
	SERVICECOST_CONTACT,
	SERVICECOST_COMPLAINT,
	SERVICECOST_VISIT,
	SERVICECOST_KINDS
};

#define SERVICECOST_KIND_WORDS "contact|complaint|visit"
#define SERVICECOST_RATES_MAX 256

/* All zero is an empty table. */
struct servicecost {
	struct {
		enum servicecost_kind kind;
		struct text what;	/* borrowed; "*": whatever else */
		int64_t fen;
	} rate[SERVICECOST_RATES_MAX];
	size_t n;
};

/* Returns NULL, or what is wrong: a negative rate, one given twice. */
const char *servicecost_add(struct servicecost *, enum servicecost_kind,
			    struct text what, int64_t fen);
/* The rate for `what`, else that for "*"; false when there is neither. */
bool servicecost_rate(const struct servicecost *, enum servicecost_kind,
		      struct text what, int64_t *fen);
/* Whether any rate of the kind is above nothing. */
bool servicecost_has(const struct servicecost *, enum servicecost_kind);

#endif
