/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crm-loyalty points verify LOG: whether every line of the ledger's log is as
 * it was written. */
#include "base/msg.h"
#include "stream/caselog_verify.h"

#include "cmd/loyalty/ledger.h"
#include "cmd/loyalty/points.h"

static int run(const struct common *common, const char *path)
{
	struct ledger l;
	int status;

	ledger_read(&l, common, path);
	status = caselog_verify(common, l.log);
	ledger_close(&l);
	return status;
}

int points_verify(int argc, char **argv)
{
	struct common common;
	size_t n;
	char **files;

	common_init(&common);
	const struct opt opts[] = {
		{.kind = OPT_INCLUDE, .to = common.opts},
		{.kind = OPT_END},
	};
	const struct program program = {"crm-loyalty points verify",
					"[OPTION...] LOG", caselog_verify_about,
					"crm-loyalty points verify points.log",
					opts};

	files = opt_parse(&program, argc, argv, &n);
	if (n != 1)
		die_usage("one log is needed, not %zu", n);
	common_check_log(&common, files[0]);
	return run(&common, files[0]);
}
