/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options that go with some of the things of which one is chosen: the schemes
 * of crm-tier, the results of crm-mix. Each has tables of options, some of them
 * the same as another's.
 */
#ifndef BASE_OPTUSE_H
#define BASE_OPTUSE_H

#include <stddef.h>

#include "base/opt.h"

#define OPTUSE_TABLES 4

struct optuse {
	const char *name; /* of the thing, as messages have it */
	const struct opt *table[OPTUSE_TABLES]; /* NULL: no more */
};

/* Includes of all tables, each once, and the end: at most `room`. `all` ends
 * with NULL. */
void optuse_include(const struct optuse *const *all, struct opt *to,
		    size_t room);
/* Wrong usage when an option is set (opt_is_set()) that does not go with the
 * chosen one, or, when that is NULL, with any of `all`. */
void optuse_check(const struct optuse *const *all,
		  const struct optuse *chosen);

#endif
