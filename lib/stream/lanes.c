/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input read by several threads, each with an input of its own. */
#include <pthread.h>
#include <stdlib.h>

#include "base/parts.h"
#include "stream/input_state.h"
#include "stream/lanes.h"

struct lanes {
	const struct lanes_job *job;
	void *ctx;
	unsigned n;
	struct input *lane[LANES_MAX];	/* the first is the whole input */
	void *state[LANES_MAX];
	unsigned step;			/* of joining: 1, 2, 4, ... */

	/* of all that lanes share; `change` is told when a file is opened */
	pthread_mutex_t lock;
	pthread_cond_t change;
	unsigned running;		/* lanes that have begun, or must yet:
					 * the first has the first block */
	unsigned arrived;		/* of those, at the end of the file */
	uint64_t files;			/* that were come to the end of */
	bool ended;			/* the last file, too */
	uint64_t rows;			/* for the progress */
};

/* ---- the lanes' inputs ---- */

static void share_table(struct lanes *l)
{
	struct input *whole = l->lane[0];

	table_share(&whole->table, l->n);
	for (unsigned i = 1; i < l->n; i++) {
		table_fork(&l->lane[i]->table, &whole->table, i);
		l->lane[i]->file = whole->file;
		l->lane[i]->asks_nothing = whole->asks_nothing;
	}
}

static void close_forks(struct lanes *l)
{
	for (unsigned i = 1; i < l->n; i++)
		table_close_fork(&l->lane[i]->table);
}

static struct input *fork_input(const struct input *whole)
{
	struct input *in = mem_apart(1, sizeof(*in));

	*in = *whole;
	input_make_cells(in);
	in->counts = (struct input_counts){ 0 };
	in->first_day = DAY_MAX;
	in->last_day = DAY_NONE;
	return in;
}

static void add_counts(struct input_counts *to, const struct input_counts *c)
{
	to->in += c->in;
	to->used += c->used;
	to->filtered += c->filtered;
	to->not_data += c->not_data;
	to->merged += c->merged;
	to->rejected += c->rejected;
}

static void join_input(struct input *whole, struct input *in)
{
	add_counts(&whole->counts, &in->counts);
	if (in->first_day < whole->first_day)
		whole->first_day = in->first_day;
	if (in->last_day > whole->last_day)
		whole->last_day = in->last_day;
	free(in->single);
	free(in->ahead);
	free(in);
}

/* ---- called by a lane's input ---- */

/* The last lane to come opens the file for all. */
static void turn_page(struct lanes *l)
{
	l->arrived = 0;
	l->files++;
	close_forks(l);
	l->ended = !input_next_file(l->lane[0]);
	if (!l->ended)
		share_table(l);
	pthread_cond_broadcast(&l->change);
}

bool lanes_next_file(struct input *in)
{
	struct lanes *l = in->lanes;
	uint64_t files;
	bool more;

	pthread_mutex_lock(&l->lock);
	files = l->files;
	if (++l->arrived == l->running)
		turn_page(l);
	while (l->files == files)
		pthread_cond_wait(&l->change, &l->lock);
	more = !l->ended;
	pthread_mutex_unlock(&l->lock);
	return more;
}

void lanes_progress(struct input *in)
{
	struct lanes *l = in->lanes;

	pthread_mutex_lock(&l->lock);
	l->rows += PROGRESS_ROWS;
	progress_show(&l->lane[0]->progress, l->rows);
	pthread_mutex_unlock(&l->lock);
}

void lanes_wipe_progress(struct input *in)
{
	struct progress *p = &in->lanes->lane[0]->progress;

	pthread_mutex_lock(&in->lanes->lock);
	progress_close(p);
	p->on = p->on && in->common->rejects;
	pthread_mutex_unlock(&in->lanes->lock);
}

/* ---- the run ---- */

/* Several files, or more than the one block that was read with the header. */
static bool is_long(const struct input *in)
{
	const struct block *b = in->table.block;

	return in->file + 1 < in->nfiles || !b || !b->end;
}

static unsigned lanes_of(const struct input *in)
{
	unsigned n = common_jobs(in->common);

	if (!is_long(in))
		return 1;
	return n < LANES_MAX ? n : LANES_MAX;
}

/* Where there are fewer threads than lanes, one may begin when all is read. */
static void run_lane(void *ctx, unsigned i)
{
	struct lanes *l = ctx;
	bool late;

	pthread_mutex_lock(&l->lock);
	late = l->ended;
	l->running += i > 0 && !late;
	pthread_mutex_unlock(&l->lock);
	l->state[i] = l->job->begin(l->ctx);
	if (!late)
		l->job->fold(l->lane[i], l->state[i]);
}

static void join_pair(void *ctx, unsigned pair)
{
	struct lanes *l = ctx;
	unsigned into = 2 * pair * l->step, from = into + l->step;

	if (from < l->n)
		l->job->join(l->state[into], l->state[from]);
}

static void join_states(struct lanes *l)
{
	for (l->step = 1; l->step < l->n; l->step *= 2)
		parts_run((l->n + 2 * l->step - 1) / (2 * l->step), join_pair,
			  l);
}

static void run_lanes(struct lanes *l)
{
	struct input *whole = l->lane[0];

	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->change, NULL);
	whole->lanes = l;
	l->running = 1;
	for (unsigned i = 1; i < l->n; i++)
		l->lane[i] = fork_input(whole);
	share_table(l);
	parts_run(l->n, run_lane, l);
	whole->lanes = NULL;
	progress_close(&whole->progress);
	for (unsigned i = 1; i < l->n; i++)
		join_input(whole, l->lane[i]);
	join_states(l);
	pthread_mutex_destroy(&l->lock);
	pthread_cond_destroy(&l->change);
}

void *lanes_fold(struct input *in, const struct lanes_job *job, void *ctx)
{
	struct lanes l = { .job = job, .ctx = ctx, .n = lanes_of(in) };

	l.lane[0] = in;
	if (l.n > 1) {
		run_lanes(&l);
	} else {
		l.state[0] = job->begin(ctx);
		job->fold(in, l.state[0]);
	}
	return l.state[0];
}
