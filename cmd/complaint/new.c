/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-complaint new LOG: a complaint into the register. */
#include "base/msg.h"

#include "cmd/complaint/byhand.h"
#include "cmd/complaint/verbs.h"

int new_main(int argc, char **argv)
{
	struct common common;
	struct byhand b;
	size_t n;
	char **files;

	common_init(&common);
	byhand_init(&b, &caselist_complaints);
	b.asks_form = true;
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "customer", "ID", "who complains",
		  .to = byhand_slot(&b, "customer_id") },
		{ OPT_TEXT, 0, "object", "TEXT", "what is complained of",
		  .to = byhand_slot(&b, "object") },
		{ OPT_TEXT, 0, "content", "TEXT",
		  "the complaint (- or @FILE: read from there)",
		  .to = byhand_slot(&b, "content") },
		{ OPT_TEXT, 0, "demand", "TEXT", "what the customer asks for",
		  .to = byhand_slot(&b, "demand") },
		{ OPT_TEXT, 0, "channel", "WORD", "how it came (see: codes)",
		  .to = byhand_slot(&b, "channel") },
		{ OPT_TEXT, 0, "vin", "VIN", "the vehicle",
		  .to = byhand_slot(&b, "vin") },
		{ OPT_TEXT, 0, "txn", "ID", "the order",
		  .to = byhand_slot(&b, "txn_id") },
		{ OPT_TEXT, 0, "scene", "WORD", "gives the severity, too",
		  .to = byhand_slot(&b, "scene") },
		{ OPT_TEXT, 0, "severity", "1..5", "instead of the scene's",
		  .to = byhand_slot(&b, "severity") },
		{ OPT_TEXT, 0, "category", "WORD", "class of the complaint",
		  .to = byhand_slot(&b, "category") },
		{ OPT_TEXT, 0, "cause", "WORD", "if it is known already",
		  .to = byhand_slot(&b, "cause") },
		{ OPT_TEXT, 0, "owner", "ID", "who is in charge",
		  .to = byhand_slot(&b, "owner") },
		{ OPT_TEXT, 0, "due", "TIME", "when it must be settled",
		  .to = byhand_slot(&b, "due") },
		{ OPT_LIST, 0, "set", "COLUMN=VALUE", "any other column",
		  .to = &b.sets },
		{ OPT_TEXT, 0, "case", "ID", "else CYYYYMMDD-NNN is made",
		  .to = byhand_slot(&b, "case_id") },
		{ .kind = OPT_INCLUDE, .to = b.who },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint new", "[OPTION...] LOG",
		"Takes a complaint down: the first five options are needed.",
		"crm-complaint new cases.log --content - <letter.txt", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	common_check_log(&common, files[0]);
	return byhand_write(&b, &common, files[0], NULL, NULL);
}
