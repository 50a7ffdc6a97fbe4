/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-link: one person, one id. Canonical streams in, who is who out, and the
 * streams with that written into them; or any one table with an id for each
 * person or firm in it.
 */
#include "base/msg.h"
#include "base/opt.h"

#include "cmd/link/verbs.h"

int main(int argc, char **argv)
{
	static const struct program program = {
		"crm-link", "[VERB] [OPTION...] [FILE...]",
		"Finds the records of one person or firm.\n"
		"Without a verb: across canonical files (customers, vehicles, "
		"transactions,\nsurveys, complaints, leads).\n"
		"out: source,record,customer_id,probability,reason\n"
		"options: --links FILE, --stamp DIR, --review FILE, "
		"--decisions FILE,\n--previous LINKS, --match-at P, "
		"--review-at P, --truth FILE, --model FILE",
		"crm-link --stamp linked --links links.csv customers.csv "
		"leads.csv", NULL
	};
	static const struct verb verbs[] = {
		{ "dedupe", "any one table, with customer_id added",
		  link_dedupe },
		{ "", "records across canonical files", link_streams },
		{ NULL, NULL, NULL }
	};

	msg_init("crm-link");
	return opt_verbs(&program, verbs, argc, argv);
}
