/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock, what is in the log, what is added; durable, then acknowledged. */
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog_tell.h"
#include "stream/logturn.h"

/* So many events wait for one fdatasync at most. */
#define BATCH_EVENTS 10000

void logturn_open(struct logturn *t, const struct output_column *columns)
{
	t->out = output_open(t->common, columns, LOGTURN_COLUMNS);
}

static void read_on(struct logturn *t)
{
	t->read(t->ctx);
	if (!t->told)
		caselog_tell_tail(t->log);
	t->told = true;
}

/* With -n the log, when there is one, is only read. */
static void look(struct logturn *t)
{
	if (access(t->path, F_OK) != 0)
		return;
	t->log = t->open(t->ctx, CASELOG_READ);
	read_on(t);
	t->dry_seq = caselog_state(t->log).seq;
}

void logturn_hold(struct logturn *t)
{
	if (t->held)
		return;
	t->held = true;
	if (t->common->dry_run) {
		look(t);
		return;
	}
	if (!t->log)
		t->log = t->open(t->ctx, CASELOG_WRITE);
	caselog_lock(t->log);
	read_on(t);
}

uint64_t logturn_add(struct logturn *t, struct text members)
{
	if (t->common->dry_run)
		return ++t->dry_seq;
	return caselog_add(t->log, members);
}

void logturn_wait(struct logturn *t, const struct text cell[LOGTURN_COLUMNS])
{
	for (size_t i = 0; i < LOGTURN_COLUMNS; i++) {
		buf_addt(&t->texts, cell[i]);
		t->cell = mem_grow(t->cell, t->n, &t->cap, sizeof(*t->cell));
		t->cell[t->n++] = t->texts.n;
	}
	if (t->n == (size_t)BATCH_EVENTS * LOGTURN_COLUMNS)
		logturn_commit(t);
}

static void acknowledge(struct logturn *t)
{
	struct text cell[LOGTURN_COLUMNS];
	size_t from = 0;

	for (size_t i = 0; i < t->n; i++) {
		cell[i % LOGTURN_COLUMNS] = (struct text){
			t->texts.p + from, t->cell[i] - from
		};
		from = t->cell[i];
		if (i % LOGTURN_COLUMNS == LOGTURN_COLUMNS - 1)
			output_row(t->out, cell);
	}
	/* Nothing acknowledged, nothing said: how the bytes of a pipe come
	 * must not show. */
	if (t->n)
		output_flush(t->out);
	t->n = 0;
	buf_clear(&t->texts);
}

void logturn_commit(struct logturn *t)
{
	if (t->held && !t->common->dry_run) {
		if (!caselog_commit(t->log))
			die_errno("%s: nothing was added", t->path);
		if (t->committed)
			t->committed(t->ctx);
		caselog_unlock(t->log);
		t->held = false;
	}
	acknowledge(t);
}

int logturn_close(struct logturn *t)
{
	int status = output_close(t->out);

	buf_release(&t->texts);
	free(t->cell);
	return status;
}
