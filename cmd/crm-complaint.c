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
		{ "append", "check events and make them durable in a log",
		  append_main },
		{ "cases", "the cases of a log, one a row", cases_main },
		{ "replay", "the cases of an event stream, without a log",
		  replay_main },
		{ "verify", "is the log as it was written?", verify_main },
		{ "workflow", "the transitions of a workflow, one a row",
		  workflow_main },
		{ "graph", "a workflow as a picture (DOT)", graph_main },
		{ "codes", "what the words of the register mean", codes_main },
		{ NULL, NULL, NULL }
	};

	msg_init("crm-complaint");
	return opt_verbs(&program, verbs, argc, argv);
}
