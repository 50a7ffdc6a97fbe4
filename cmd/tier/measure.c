/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer is worth: the words of --measure and --inactive-after. */
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"
#include "cmd/tier/tier.h"

/* A column that the stream does not know is taken for a real number. */
static struct measure measure_column(const char *name)
{
	const struct schema_column *c = schema_column(
		schema_find(TEXT("transactions")), text_of(name));
	struct measure m = { MEASURE_COLUMN, UNIT_MICRO, name };

	if (!*name)
		die_usage("--measure: a column has a name");
	if (!c)
		return m;
	switch (c->type) {
	case COL_MONEY:
		m.unit = UNIT_FEN;
		break;
	case COL_INT:
		m.unit = UNIT_WHOLE;
		break;
	case COL_TEXT:
	case COL_DAY:
	case COL_INSTANT:
		die_usage("--measure: %s is no column of numbers", name);
	case COL_REAL:
	case COL_SHARE:
	case COL_FIXED4:
		break;
	}
	return m;
}

struct measure measure_parse(const char *word)
{
	static const struct {
		const char *word;
		struct measure measure;
	} words[] = {
		{ "amount", { MEASURE_AMOUNT, UNIT_FEN, NULL } },
		{ "margin", { MEASURE_MARGIN, UNIT_FEN, NULL } },
		{ "count", { MEASURE_COUNT, UNIT_WHOLE, NULL } },
		{ "days", { MEASURE_DAYS, UNIT_WHOLE, NULL } },
	};

	for (size_t i = 0; word && i < NELEMS(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].measure;
	return word ? measure_column(word) : words[0].measure;
}

#define MONTHS_MAX 1200
#define DAYS_MAX 36600

void inactive_parse(struct run *run)
{
	const char *given = run->inactive_after;
	struct text t = text_of(given ? given : "12");
	bool days = text_ends(t, "d");
	int64_t n;

	if (days || text_ends(t, "m"))
		t.n--;
	if (!number_int(t, &n) || n < 1 || n > (days ? DAYS_MAX : MONTHS_MAX))
		die_usage("--inactive-after: \"%s\" is neither months, 1 to "
			  "%d, nor days, 1d to %dd",
			  given, MONTHS_MAX, DAYS_MAX);
	run->days = days ? (int)n : 0;
	run->months = days ? 0 : (int)n;
}
