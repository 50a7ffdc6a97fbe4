/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer's knowledge of cases: by the index, or whole. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/parts.h"
#include "model/casework_keep.h"

#include "cmd/complaint/known.h"

/* ---- the index ---- */

/* Cases for the index: all of them, or those whose numbers are given. */
struct chosen {
	struct known *known;
	const uint32_t *number;
};

static size_t number_of(const struct chosen *c, size_t i)
{
	return c->number ? c->number[i] : i;
}

static struct text key_of(void *ctx, size_t i)
{
	const struct chosen *c = ctx;

	return casework_key(c->known->list->cases, number_of(c, i));
}

static void value_of(void *ctx, size_t i, struct buf *to)
{
	const struct chosen *c = ctx;

	casework_freeze(c->known->list->cases, number_of(c, i), to);
}

static const uint64_t *lines_of(void *ctx, size_t i, size_t *n)
{
	const struct chosen *c = ctx;

	return caselines_of(&c->known->lines, number_of(c, i), n);
}

/* The values are of this workflow, and of what is kept of a case. */
static void make_index(struct known *k)
{
	const struct caselist *l = k->list;
	struct buf params = { 0 };

	if (k->index || l->own_workflow.n == 0)
		return;
	buf_addf(&params, "%s %llx", l->kind->log,
		 (unsigned long long)casework_digest(l->cases));
	k->index = caseindex_new(l->log, l->path, buf_text(&params));
	buf_release(&params);
}

/* Writes the index anew when it is not the log's, and all cases are known.
 * In a long run only when the log has grown to twice what it was, and at the
 * end: each time costs as much as there are cases. */
static void renew(struct known *k, bool last)
{
	struct casework *cases = k->list->cases;
	uint64_t events = caselog_state(k->list->log).seq;
	struct chosen all = { .known = k };
	struct caseindex_source source = {
		.key = key_of, .value = value_of, .lines = lines_of, .ctx = &all
	};

	if (!k->index || !k->whole || caseindex_fresh(k->index))
		return;
	if (k->written > 0 && events < 2 * k->written && !last)
		return;
	source.n = casework_count(cases);
	caseindex_write(k->index, &source);
	k->written = events;
}

/* ---- the log ---- */

static void read_on(struct known *k)
{
	const struct common common = { .jobs = k->jobs };

	/* How many cores there are costs more to ask than a short log. */
	if (caselog_has_bytes(k->list->log, CASEINDEX_LOG_MIN))
		parts_allow(common_jobs(&common));
	caselist_catch_up(k->list);
	k->whole = true;
}

/* From the log's first line, which names the workflow, to its end. */
static void start_over(struct known *k)
{
	struct caselist *l = k->list;

	l->lines = &k->lines;
	caselog_rewind(l->log);
	caselist_forget(l);
	caselist_start(l);
	make_index(k);
	if (k->index && caseindex_open(k->index) && caseindex_jump(k->index))
		caselist_forget(l);
	else
		read_on(k);
}

void known_hold(struct known *k)
{
	if (k->whole)
		read_on(k);
	else
		start_over(k);
	if (!k->whole)
		return;
	make_index(k);
	if (k->index)
		caseindex_open(k->index);
	renew(k, false);
}

bool known_case(struct known *k, struct text case_id)
{
	struct caselog_line line;
	struct text bytes;
	size_t i;
	int got;

	if (k->whole || casework_find(k->list->cases, case_id, &i))
		return true;
	got = caseindex_find(k->index, case_id, &bytes);
	if (got > 0 && !casework_thaw(k->list->cases, case_id, bytes))
		got = -1;
	while (got >= 0 && (got = caseindex_line(k->index, &line)) > 0)
		if (!caselist_take(k->list, &line, case_id))
			got = -1;
	if (got < 0)
		caseindex_spoil(k->index);
	return got == 0;
}

void known_added(struct known *k, struct text case_id)
{
	size_t i;

	if (k->index)
		caseindex_added(k->index, case_id);
	if (k->list->lines && k->whole &&
	    casework_find(k->list->cases, case_id, &i))
		caselines_add(&k->lines, i, caselog_added_at(k->list->log));
}

/* ---- what changed, into the index ---- */

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The case of a line that waits; false when it is not to be had. */
static bool case_waits(struct known *k, size_t n, struct buf *id,
		       uint32_t *number)
{
	struct caselog_line line;
	size_t i;

	buf_clear(id);
	if (!caseindex_waits(k->index, n, &line) ||
	    !caselist_id(k->list, &line, id) ||
	    !known_case(k, buf_text(id)) ||
	    !casework_find(k->list->cases, buf_text(id), &i))
		return false;
	*number = (uint32_t)i;
	return true;
}

/* Each once; gives how many. */
static size_t sort_numbers(uint32_t *number, size_t n)
{
	size_t kept = 1;

	qsort(number, n, sizeof(*number), by_number);
	for (size_t i = 1; i < n; i++)
		if (number[i] != number[kept - 1])
			number[kept++] = number[i];
	return kept;
}

/*
 * The recent lines are full: their cases go into the base, and the rest of it
 * stays. So no append pays for the whole log, unless so much is added in one
 * run that reading the log once costs less.
 */
#define READ_FASTER 8

static void merge(struct known *k)
{
	size_t n = caseindex_waiting(k->index), i = 0;
	struct chosen chosen = { .known = k };
	struct caseindex_source source = {
		.key = key_of, .value = value_of, .ctx = &chosen
	};
	struct buf id = { 0 };
	uint32_t *number;

	k->merged += n;
	if (k->whole ||
	    k->merged > caselog_state(k->list->log).seq / READ_FASTER)
		return;
	number = mem_alloc(n, sizeof(*number));
	while (i < n && case_waits(k, i, &id, &number[i]))
		i++;
	if (i == n) {
		source.n = sort_numbers(number, n);
		chosen.number = number;
		caseindex_merge(k->index, &source);
	} else {
		caseindex_spoil(k->index);
	}
	free(number);
	buf_release(&id);
}

void known_committed(struct known *k)
{
	if (!k->index)
		return;
	if (caseindex_full(k->index))
		merge(k);
	caseindex_commit(k->index);
	renew(k, false);
}

void known_end(struct known *k, bool say_why)
{
	struct caselist *l = k->list;

	if (l->log && k->whole &&
	    caselog_has_bytes(l->log, CASEINDEX_LOG_MIN) &&
	    (!k->index || !caseindex_fresh(k->index)) &&
	    caselog_lock_again(l->log)) {
		make_index(k);
		if (k->index)
			caseindex_open(k->index);
		renew(k, true);
		caselog_unlock(l->log);
	}
	if (say_why && k->index && caseindex_trouble(k->index))
		warn("%s.index: %s; the whole log was read", l->path,
		     caseindex_trouble(k->index));
	caseindex_free(k->index);
	k->index = NULL;
	caselines_release(&k->lines);
	k->list->lines = NULL;
}
