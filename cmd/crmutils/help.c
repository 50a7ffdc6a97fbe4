/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crmutils help NAME: shows the manual page of a program ("tier" will do for
 * "crm-tier") or of crmutils(7) and crm-streams(5); where there is no page
 * or nothing to show it with, what the program says to -h.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/opt.h"
#include "base/share.h"
#include "base/text.h"

#include "cmd/crmutils/verbs.h"

/* Looks for FOLDER/[man1/]NAME.1, then the sections 5 and 7. `deep`: the
 * folder has one for each section. */
static bool find_in(const char *folder, bool deep, const char *name,
		    struct buf *path)
{
	for (const char *section = "157"; *section; section++) {
		buf_clear(path);
		buf_addf(path, "%s/", folder);
		if (deep)
			buf_addf(path, "man%c/", *section);
		buf_addf(path, "%s.%c", name, *section);
		if (access(path->p, R_OK) == 0)
			return true;
	}
	return false;
}

/* An installed page lies below share; that of a build tree at the top of
 * the source tree, above build/VARIANT/bin. */
static bool find_page(const char *bin, const char *name, struct buf *path)
{
	char *installed = share_root("man");
	struct buf source = { 0 };
	bool found;

	buf_addf(&source, "%s/../../../man", bin);
	found = find_in(installed, true, name, path) ||
		find_in(source.p, false, name, path);
	buf_release(&source);
	free(installed);
	return found;
}

static bool is_name(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz-") ==
				strlen(name);
}

/* Both return only when there is nothing to run. */
static void show_page(const char *page)
{
	execlp("man", "man", "-l", page, (char *)NULL);
	execlp("mandoc", "mandoc", "-a", page, (char *)NULL);
}

static void show_usage(const char *bin, const char *name)
{
	struct buf program = { 0 };

	buf_addf(&program, "%s/%s", bin, name);
	execl(program.p, name, "-h", (char *)NULL);
	buf_release(&program);
}

int help_main(int argc, char **argv)
{
	static const struct opt opts[] = { { .kind = OPT_END } };
	static const struct program program = {
		"crmutils help", "NAME",
		"Shows the manual page of a program, or of crmutils(7) and "
		"crm-streams(5).",
		"crmutils help crm-tier", opts
	};
	struct buf name = { 0 }, page = { 0 };
	size_t operands;
	char **word = opt_parse(&program, argc, argv, &operands);
	char *bin;

	if (operands != 1)
		die_usage("help takes one name");
	if (!is_name(word[0]))
		die_usage("\"%s\" is not the name of a program", word[0]);
	bin = programs_folder();
	/* "tier" is short for crm-tier, but crm-streams and crmutils are
	 * names already. */
	buf_addf(&name, "%s%s", strncmp(word[0], "crm", 3) ? "crm-" : "",
		 word[0]);
	if (find_page(bin, name.p, &page))
		show_page(page.p);
	show_usage(bin, name.p);
	die("no program and no page is called \"%s\": see crmutils --list",
	    word[0]);
}
