/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint do LOG CASE EVENT: one event of a case, by hand; and
 * crm-complaint note LOG CASE TEXT, which is the one made most often.
 */
#include "base/msg.h"

#include "cmd/complaint/byhand.h"
#include "cmd/complaint/verbs.h"

int do_main(int argc, char **argv)
{
	struct common common;
	struct byhand b;
	size_t n;
	char **words;

	common_init(&common);
	byhand_init(&b, &caselist_complaints);
	b.asks_form = true;
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "owner", "ID", "who is in charge from now on",
		  .to = byhand_slot(&b, "owner") },
		{ OPT_TEXT, 0, "due", "TIME", "when it must be settled",
		  .to = byhand_slot(&b, "due") },
		{ OPT_TEXT, 0, "severity", "1..5", "how grave it is now",
		  .to = byhand_slot(&b, "severity") },
		{ OPT_TEXT, 0, "cause", "WORD", "the cause found (see: codes)",
		  .to = byhand_slot(&b, "cause") },
		{ OPT_TEXT, 0, "solution", "TEXT",
		  "what is proposed (- or @FILE: read from there)",
		  .to = byhand_slot(&b, "solution") },
		{ OPT_TEXT, 0, "amount", "MONEY", "what it costs",
		  .to = byhand_slot(&b, "amount") },
		{ OPT_TEXT, 0, "note", "TEXT", "a remark",
		  .to = byhand_slot(&b, "note") },
		{ OPT_LIST, 0, "set", "COLUMN=VALUE", "any other column",
		  .to = &b.sets },
		{ .kind = OPT_INCLUDE, .to = b.who },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint do", "[OPTION...] LOG CASE EVENT",
		"Makes one event of the workflow in a case, checked, durable "
		"and then\nacknowledged as append does it. The verbs next and "
		"workflow tell which\nevents there are.",
		"crm-complaint do cases.log K3 assign --owner E11 --actor E02",
		opts
	};

	words = opt_parse(&program, argc, argv, &n);
	if (n != 3)
		die_usage("a log, a case and an event are needed");
	common_check_log(&common, words[0]);
	return byhand_write(&b, &common, words[0], words[2], words[1]);
}

int note_main(int argc, char **argv)
{
	struct common common;
	struct byhand b;
	size_t n;
	char **words;

	common_init(&common);
	byhand_init(&b, &caselist_complaints);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = b.who },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint note", "[OPTION...] LOG CASE TEXT",
		"Adds a remark to a case. TEXT is - (standard input), @FILE "
		"or the remark.",
		"crm-complaint note cases.log K3 - --actor E02 <remark.txt",
		opts
	};

	words = opt_parse(&program, argc, argv, &n);
	if (n != 3)
		die_usage("a log, a case and a text are needed");
	common_check_log(&common, words[0]);
	*byhand_slot(&b, "note") = words[2];
	return byhand_write(&b, &common, words[0], "note", words[1]);
}
