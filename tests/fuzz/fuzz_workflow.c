/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workflow from any bytes: whatever is told of it, what comes out can be
 * looked at, linted and worked with, and every transition that it has leads
 * somewhere. The same bytes are read into the same workflow again.
 */
#include <string.h>

#include "base/mem.h"
#include "canon/workflow_json.h"
#include "model/casework.h"
#include "model/workflow_lint.h"
#include "tests/fuzz/fuzz.h"

static void told(void *ctx, unsigned long line, const char *rule,
		 const char *place, const char *why)
{
	uint64_t *faults = ctx;

	must(line < 1000000 && *rule && *place && *why);
	(*faults)++;
}

static void found(void *ctx, bool error, const char *rule, const char *where,
		  const char *message)
{
	uint64_t *errors = ctx;

	must(*rule && *where && *message);
	*errors += error;
}

static enum workflow_column_kind kind_of(void *ctx, struct text name)
{
	(void)ctx;
	return name.n % 2 ? WORKFLOW_COLUMN_NUMBER : WORKFLOW_COLUMN_NONE;
}

/* One event of every kind in a case of its own state. */
static void work(const struct workflow *w)
{
	struct casework *cw = casework_new(w, NULL);
	struct text field[CASEWORK_FIELDS];

	for (size_t k = 0; k < CASEWORK_FIELDS; k++)
		field[k] = k % 2 ? TEXT("7") : TEXT("");
	for (int e = 0; e < workflow_events(w); e++) {
		struct casework_event ev = {
			.case_id = TEXT("C"),
			.event = workflow_event(w, e)->name,
			.at = e, .due = CASEWORK_NO_TIME, .field = field,
			.severity = TEXT("3"), .role = workflow_roles(w) ?
				workflow_role(w, 0)->name : TEXT(""),
		};
		int s;

		casework_add(cw, &ev, &s);
		must(s >= 0 && s < workflow_states(w));
	}
	casework_free(cw);
}

static void check_parts(const struct workflow *w)
{
	for (int s = 0; s < workflow_states(w); s++) {
		for (int e = 0; e < workflow_events(w); e++) {
			int to = workflow_step(w, s, e);

			must(to == WORKFLOW_NOT ||
			     (to > 0 && to < workflow_states(w)));
			must(workflow_rule(w, s, e)->guards < 10001);
		}
	}
	for (int i = 0; i < workflow_timers(w); i++)
		for (int s = 1; s < workflow_states(w); s++)
			must(!workflow_timer(w, i)->from[s] ||
			     !workflow_timer(w, i)->until[s]);
	for (size_t i = 0; i < workflow_maps(w); i++)
		must(workflow_map(w, i)->state > 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct text text = { (const char *)data, size };
	uint64_t faults = 0, again = 0, errors = 0;
	struct workflow_lint lint = { kind_of, found, &errors };
	struct workflow *w = workflow_json_parse(text, told, &faults);
	struct workflow *same = workflow_json_parse(text, told, &again);

	must(faults == again && workflow_states(w) == workflow_states(same) &&
	     workflow_events(w) == workflow_events(same));
	check_parts(w);
	/* The lint takes states times events again and again. */
	if ((size_t)workflow_states(w) * (size_t)workflow_events(w) < 10000)
		workflow_lint(w, &lint);
	workflow_lint_map(w, same, &lint);
	work(w);
	workflow_free(w);
	workflow_free(same);
	return 0;
}
