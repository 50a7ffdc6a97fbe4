/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows written by several threads, part by part, and put in order. */
#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/parts.h"
#include "stream/output_state.h"

struct parts {
	struct output *whole;
	size_t n;
	output_writer *write;
	void *ctx;
	uint64_t rows;		/* before the first part */
	pthread_mutex_t lock;
	pthread_cond_t change;
	size_t next;		/* the first row of the part to be taken */
	size_t put;		/* rows that were put behind the whole */
};

static bool take_part(struct parts *p, size_t *from, size_t *to)
{
	pthread_mutex_lock(&p->lock);
	*from = p->next;
	*to = p->n - *from < OUTPUT_PART ? p->n : *from + OUTPUT_PART;
	p->next = *to;
	pthread_mutex_unlock(&p->lock);
	return *from < *to;
}

static void put_part(struct parts *p, struct sink *part, size_t from,
		     size_t to)
{
	pthread_mutex_lock(&p->lock);
	while (p->put != from)
		pthread_cond_wait(&p->change, &p->lock);
	pthread_mutex_unlock(&p->lock);
	sink_put_part(p->whole->sink, part);
	pthread_mutex_lock(&p->lock);
	p->put = to;
	pthread_cond_broadcast(&p->change);
	pthread_mutex_unlock(&p->lock);
}

static void write_parts(void *ctx, unsigned thread)
{
	struct parts *p = ctx;
	struct output *o = mem_apart(1, sizeof(*o));
	size_t from, to;

	(void)thread;
	*o = *p->whole;
	o->sink = sink_part();
	o->scratch = (struct buf){ 0 };
	while (take_part(p, &from, &to)) {
		o->rows = p->rows + from;
		p->write(o, from, to, p->ctx);
		if (o->rows != p->rows + to)
			bug("a part has not as many rows as were asked for");
		put_part(p, o->sink, from, to);
	}
	sink_drop(o->sink);
	buf_release(&o->scratch);
	free(o);
}

void output_parts(struct output *o, size_t n, output_writer *write, void *ctx)
{
	struct parts p = { .whole = o, .n = n, .write = write, .ctx = ctx,
			   .rows = o->rows };
	size_t parts = (n + OUTPUT_PART - 1) / OUTPUT_PART;

	if (o->threads < 2 || parts < 2 || o->table || o->get || o->alarms) {
		write(o, 0, n, ctx);
		return;
	}
	pthread_mutex_init(&p.lock, NULL);
	pthread_cond_init(&p.change, NULL);
	parts_run(o->threads < parts ? o->threads : (unsigned)parts,
		  write_parts, &p);
	pthread_mutex_destroy(&p.lock);
	pthread_cond_destroy(&p.change);
	o->rows = p.rows + n;
}
