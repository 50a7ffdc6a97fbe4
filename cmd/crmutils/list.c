/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crmutils --list: the programs that stand beside this one, by name. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/opt.h"
#include "stream/sink.h"

#include "cmd/crmutils/verbs.h"

char *programs_folder(void)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n <= 0)
		die_errno("/proc/self/exe");
	exe[n] = '\0';
	*strrchr(exe, '/') = '\0';
	return mem_strdup(exe);
}

static int is_program(const struct dirent *entry)
{
	return strncmp(entry->d_name, "crm-", 4) == 0 ||
	       strcmp(entry->d_name, "crmutils") == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int list_main(int argc, char **argv)
{
	static const struct opt opts[] = { { .kind = OPT_END } };
	static const struct program program = {
		"crmutils --list", "", "Prints the names of all programs.",
		"crmutils --list", opts
	};
	struct dirent **entry;
	struct sink *out;
	size_t operands;
	char *folder;
	int n;

	opt_parse(&program, argc, argv, &operands);
	if (operands > 0)
		die_usage("--list takes no operand");
	folder = programs_folder();
	n = scandir(folder, &entry, is_program, by_bytes);
	if (n < 0)
		die_errno("%s", folder);
	out = sink_open(NULL, SINK_PLAIN);
	for (int i = 0; i < n; i++) {
		sink_puts(out, entry[i]->d_name);
		sink_puts(out, "\n");
		free(entry[i]);
	}
	sink_close(out);
	free(entry);
	free(folder);
	return EXIT_DONE;
}
