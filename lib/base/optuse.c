/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options that go with some of the things of which one is chosen. */
#include <stdint.h>

#include "base/msg.h"
#include "base/optuse.h"
#include "base/text.h"

static bool uses(const struct optuse *u, const struct opt *table)
{
	for (size_t k = 0; u && k < OPTUSE_TABLES; k++)
		if (u->table[k] == table)
			return true;
	return false;
}

/* The first that uses the table. */
static const struct optuse *owner(const struct optuse *const *all,
				  const struct opt *table)
{
	while (!uses(*all, table))
		all++;
	return *all;
}

void optuse_include(const struct optuse *const *all, struct opt *to,
		    size_t room)
{
	size_t n = 0;

	for (size_t i = 0; all[i]; i++)
		for (size_t k = 0; k < OPTUSE_TABLES; k++) {
			const struct opt *table = all[i]->table[k];

			if (!table || owner(all, table) != all[i])
				continue;
			if (n + 1 == room)
				bug("too many tables of options");
			to[n++] =
				(struct opt){ OPT_INCLUDE,
					      .to = (void *)(uintptr_t)table };
		}
	to[n] = (struct opt){ OPT_END };
}

static _Noreturn void refuse(const struct optuse *const *all,
			     const struct opt *o, const struct opt *table)
{
	struct buf names = { 0 };

	for (size_t i = 0; all[i]; i++)
		if (uses(all[i], table))
			buf_addf(&names, "%s%s", names.n ? " or " : "",
				 all[i]->name);
	die_usage("--%s goes with %s", o->name, names.p);
}

void optuse_check(const struct optuse *const *all, const struct optuse *chosen)
{
	for (size_t i = 0; all[i]; i++)
		for (size_t k = 0; k < OPTUSE_TABLES; k++) {
			const struct opt *table = all[i]->table[k];

			if (!table || uses(chosen, table))
				continue;
			for (const struct opt *o = table; o->kind != OPT_END;
			     o++)
				if (opt_is_set(o))
					refuse(all, o, table);
		}
}
