/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case of a log, by the index beside it: its lines are read, no others. */
#include <stdlib.h>

#include "base/mem.h"
#include "stream/caseindex.h"

#include "cmd/complaint/caselist_in.h"

/* Where the case's lines are; the log is at its end then. False: it has to be
 * read. */
static bool find_lines(const struct caselist *l, uint64_t **at, size_t *n)
{
	struct caseindex *ix;
	struct caselog_state state;
	bool good;

	if (!caselog_has_bytes(l->log, CASEINDEX_LOG_MIN) ||
	    !caselog_share(l->log))
		return false;
	ix = caseindex_new(l->log, l->path, (struct text){ 0 });
	*at = NULL;
	good = caseindex_open(ix) && caseindex_lines(ix, l->only, at, n) &&
	       caseindex_jump(ix);
	state = caselog_state(l->log);
	caselog_unlock(l->log);
	caseindex_free(ix);
	/* Behind torn lines a line's place is not its number any more. */
	return good && state.torn_lines == 0;
}

/* The lines as they are in the log, copied; NULL when one is not there. */
static struct caselog_line *read_lines(struct caselist *l, const uint64_t *at,
				       size_t n)
{
	struct caselog_line *line = mem_alloc(n, sizeof(*line));

	for (size_t i = 0; i < n; i++) {
		struct text m;

		if (!caselog_line_at(l->log, at[i], &line[i])) {
			free(line);
			return NULL;
		}
		m = line[i].members;
		line[i].members.p = arena_copy(&l->kept, m.p, m.n);
		line[i].line = line[i].seq;
	}
	return line;
}

static bool look_up(struct caselist *l)
{
	struct caselog_line *line = NULL;
	uint64_t *at = NULL;
	size_t n = 0;

	if (find_lines(l, &at, &n))
		line = read_lines(l, at, n);
	free(at);
	if (!line)
		return false;
	for (size_t i = 0; i < n; i++)
		caselist_take_line(l, &line[i]);
	l->first.seq = 0;
	/* The other cases' events are left out unread. */
	l->left_out = caselog_state(l->log).seq - l->used - l->refused;
	free(line);
	return true;
}

void caselist_look_up(struct caselist *l)
{
	if (l->only.n > 0 && look_up(l))
		return;
	if (l->only.n > 0) {
		caselog_rewind(l->log);
		l->first.seq = 0;
	}
	caselist_catch_up(l);
}
