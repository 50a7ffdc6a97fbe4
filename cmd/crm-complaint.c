/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint: events of complaint cases in, checked against a workflow;
 * a durable log of them, and the cases that they amount to, out.
 */
#include "base/msg.h"
#include "base/opt.h"

#include "cmd/complaint/verbs.h"

int main(int argc, char **argv)
{
	static const struct program program = {
		"crm-complaint", "VERB [OPTION...] [FILE...]",
		"Follows every complaint until it is put right. Events\n"
		"(case_id,at,event,actor,...) are checked against a workflow "
		"and kept in a\n"
		"durable log; states, clocks and what is overdue are computed "
		"from them.",
		"crm-complaint cases cases.log --where state=received", NULL
	};
	static const struct verb verbs[] = {
		/* In the order of crm-complaint(1); help of at most 26 bytes,
		 * as opt_verbs() asks of many verbs. */
		{ "append", "events into a durable log", append_main },
		{ "new", "a complaint by hand", new_main },
		{ "do", "an event by hand", do_main },
		{ "note", "a remark by hand", note_main },
		{ "cases", "a log's cases", cases_main },
		{ "show", "what happened to a case", show_main },
		{ "next", "what may happen now", next_main },
		{ "overdue", "whose time is up", overdue_main },
		{ "replay", "cases of an event stream", replay_main },
		{ "verify", "is the log as written?", verify_main },
		{ "export", "cases for other programs", export_main },
		{ "stats", "how many, how long, why", stats_main },
		{ "trend", "complaints by period", trend_main },
		{ "impact", "what stands behind them", impact_main },
		{ "actions", "corrective actions", actions_main },
		{ "process", "what cases went through", process_main },
		{ "workflow", "a workflow's transitions", workflow_main },
		{ "lint", "what is wrong with one", lint_main },
		{ "graph", "a workflow as a picture", graph_main },
		{ "codes", "the register's words", codes_main },
		{ NULL, NULL, NULL }
	};

	msg_init("crm-complaint");
	return opt_verbs(&program, verbs, argc, argv);
}
