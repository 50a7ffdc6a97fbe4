/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint verify LOG: whether every line of the log is as it was
 * written. One row out; status 3 when a line is damaged.
 */
#include "base/msg.h"
#include "stream/caselog_verify.h"

#include "cmd/complaint/actionlist.h"
#include "cmd/complaint/caselist.h"
#include "cmd/complaint/verbs.h"

static int verify(const struct common *common,
		  const struct caselist_kind *kind, char *path)
{
	struct caselist list = { .kind = kind, .path = path };
	int status;

	common_check_log(common, path);
	caselist_open(&list, CASELOG_READ, INT64_MAX);
	status = caselog_verify(common, list.log);
	caselist_close(&list);
	return status;
}

static int run(int argc, char **argv, const char *name,
	       const struct caselist_kind *kind, const char *example)
{
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		name, "[OPTION...] LOG", caselog_verify_about, example, opts
	};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	return verify(&common, kind, files[0]);
}

int verify_main(int argc, char **argv)
{
	return run(argc, argv, "crm-complaint verify", &caselist_complaints,
		   "crm-complaint verify cases.log");
}

int actions_verify_main(int argc, char **argv)
{
	return run(argc, argv, "crm-complaint actions verify",
		   &caselist_actions,
		   "crm-complaint actions verify actions.log");
}
