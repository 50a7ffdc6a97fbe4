/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint actions: the register of corrective actions, a log of its own
 * kind. Entries come in as a stream or by hand, each a verb.
 */
#include "base/msg.h"
#include "base/opt.h"

#include "cmd/complaint/actionlist.h"
#include "cmd/complaint/append.h"
#include "cmd/complaint/byhand.h"
#include "cmd/complaint/verbs.h"

static int actions_append_main(int argc, char **argv)
{
	const char *workflow = NULL;
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ OPT_TEXT, 0, "workflow", "NAME",
		  "of a new log: action-steps or FILE.json", .to = &workflow },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint actions append", "[OPTION...] LOG [FILE...]",
		"Reads entries (action_id,at,entry,issue,owner,due,...), "
		"checks each, makes\nit durable in LOG and acknowledges it as "
		"action_id,seq,entry,state.",
		"crm-complaint actions append actions.log <entries.csv", opts
	};

	files = opt_parse(&program, argc, argv, &n);
	return append_events(&caselist_actions, &common, workflow, files, n);
}

/* What an entry by hand may say. */
#define ENTRY_OPTS 16

static void entry_opts(struct byhand *b, struct opt opts[ENTRY_OPTS])
{
	const struct opt all[] = {
		{ OPT_TEXT, 0, "issue", "TEXT",
		  "what is to be mended (- or @FILE: read there)",
		  .to = byhand_slot(b, "issue") },
		{ OPT_TEXT, 0, "measure", "TEXT",
		  "what is to be done (- or @FILE: read there)",
		  .to = byhand_slot(b, "measure") },
		{ OPT_TEXT, 0, "owner", "ID", "who is responsible",
		  .to = byhand_slot(b, "owner") },
		{ OPT_TEXT, 0, "due", "TIME", "when it must be done",
		  .to = byhand_slot(b, "due") },
		{ OPT_TEXT, 0, "effect-measure", "TEXT",
		  "the figure that shows the effect",
		  .to = byhand_slot(b, "effect_measure") },
		{ OPT_TEXT, 0, "before", "NUMBER", "that figure before",
		  .to = byhand_slot(b, "before") },
		{ OPT_TEXT, 0, "after", "NUMBER", "and after",
		  .to = byhand_slot(b, "after") },
		{ OPT_TEXT, 0, "target", "NUMBER", "the figure aimed at",
		  .to = byhand_slot(b, "target") },
		{ OPT_TEXT, 0, "note", "TEXT", "a remark",
		  .to = byhand_slot(b, "note") },
		{ OPT_LIST, 0, "set", "COLUMN=VALUE", "any other column",
		  .to = &b->sets },
		{ .kind = OPT_END },
	};

	_Static_assert(NELEMS(all) <= ENTRY_OPTS, "room for the options");
	memcpy(opts, all, sizeof(all));
}

/* An action with an owner is planned already. */
static int actions_new_main(int argc, char **argv)
{
	struct opt entry[ENTRY_OPTS];
	struct common common;
	struct byhand b;
	size_t n;
	char **files;

	common_init(&common);
	byhand_init(&b, &caselist_actions);
	b.asks_form = true;
	entry_opts(&b, entry);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = entry },
		{ OPT_TEXT, 0, "id", "ID", "else AYYYYMMDD-NNN is made",
		  .to = byhand_slot(&b, "action_id") },
		{ .kind = OPT_INCLUDE, .to = b.who },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crm-complaint actions new", "[OPTION...] LOG",
		"Opens an action, or with --owner plans it at once.",
		"crm-complaint actions new actions.log --issue 'long waits'",
		opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	common_check_log(&common, files[0]);
	return byhand_write(&b, &common, files[0],
			    *byhand_slot(&b, "owner") ? "plan" : NULL, NULL);
}

/* The entry is the verb. */
static int actions_entry_main(int argc, char **argv)
{
	struct opt entry[ENTRY_OPTS];
	char name[64], example[128];
	struct common common;
	struct byhand b;
	size_t n;
	char **words;

	common_init(&common);
	byhand_init(&b, &caselist_actions);
	b.asks_form = true;
	entry_opts(&b, entry);
	text_putf(name, sizeof(name), "crm-complaint actions %s", argv[0]);
	text_putf(example, sizeof(example), "%s actions.log A20251003-001",
		  name);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = entry },
		{ .kind = OPT_INCLUDE, .to = b.who },
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		name, "[OPTION...] LOG ACTION",
		"Makes this entry about the action; writes "
		"action_id,seq,entry,state.", example, opts
	};

	words = opt_parse(&program, argc, argv, &n);
	if (n != 2)
		die_usage("a log and an action are needed");
	common_check_log(&common, words[0]);
	return byhand_write(&b, &common, words[0], argv[0], words[1]);
}

int actions_main(int argc, char **argv)
{
	static const struct program program = {
		"crm-complaint actions", "VERB [OPTION...] LOG ...",
		"The register of corrective actions: who does what by when, "
		"and what came\nof it. Its life is the workflow action-steps.",
		"crm-complaint actions overdue actions.log", NULL
	};
	static const struct verb verbs[] = {
		{ "append", "entries from a stream", actions_append_main },
		{ "new", "a problem found, or an action planned",
		  actions_new_main },
		{ "plan", "who is responsible, what, by when",
		  actions_entry_main },
		{ "track", "how it is going", actions_entry_main },
		{ "done", "the measure is carried out", actions_entry_main },
		{ "return", "it is not, after all", actions_entry_main },
		{ "evaluate", "the figure afterwards", actions_entry_main },
		{ "continue", "another round", actions_entry_main },
		{ "drop", "nothing will come of it", actions_entry_main },
		{ "reopen", "it will, after all", actions_entry_main },
		{ "note", "a remark", actions_entry_main },
		{ "correct", "a field set right", actions_entry_main },
		{ "list", "the register, one action a row",
		  actions_list_main },
		{ "overdue", "what is late", actions_overdue_main },
		{ "verify", "is the log as it was written?",
		  actions_verify_main },
		{ NULL, NULL, NULL }
	};

	return opt_verbs(&program, verbs, argc, argv);
}
