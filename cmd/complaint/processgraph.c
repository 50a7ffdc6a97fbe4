/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-complaint process --graph: the directly-follows graph, how often and
 * after what median wait on every line. Lines that are left out are told in
 * the picture.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/number.h"

#include "cmd/complaint/picture.h"
#include "cmd/complaint/processview.h"

#define TOP 60			/* lines, unless --top says how many */
#define ID_BYTES 16

struct drawing {
	const struct processview *view;
	const struct process_pair **pair;	/* that are drawn */
	size_t pairs;
	uint32_t *number;	/* of an activity among the nodes */
	struct graph_node *node;
	size_t nodes;
	struct graph_edge *edge;
	struct arena arena;
};

static const char *keep(struct drawing *d, struct text t)
{
	return arena_strdup(&d->arena, t.p, t.n);
}

/* 12,345 */
static void add_count(struct buf *b, uint64_t n)
{
	char digits[TEXT_U64_BYTES];
	size_t len = text_put_u64(digits, n);

	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addc(b, ',');
		buf_addc(b, digits[i]);
	}
}

/* `words` with the text in place of its %s. */
static void add_format(struct buf *b, const char *words, const char *text)
{
	size_t at = text_find(text_of(words), "%s");

	buf_add(b, words, at);
	buf_adds(b, text);
	buf_adds(b, words + at + 2);
}

/* In the unit in which it has few digits: "35 s", "2.5 h", "41 d". */
static void add_span(struct buf *b, double us)
{
	const struct {
		double us, limit;
		const char *words;
	} units[] = {
		{ 1e6, 6e7, tr("%s s") }, { 6e7, 3.6e9, tr("%s min") },
		{ 3.6e9, 48 * 3.6e9, tr("%s h") },
		{ 8.64e10, INFINITY, tr("%s d") },
	};
	char digits[NUMBER_MAX_BYTES];
	size_t i = 0;
	double v;

	while (us >= units[i].limit)
		i++;
	v = us / units[i].us;
	number_format_fixed(v, v < 9.95 && v > 0 ? 1 : 0, digits);
	add_format(b, units[i].words, digits);
}

/* ---- which lines are drawn ---- */

static int by_count(const void *a, const void *b)
{
	const struct process_pair *const *x = a, *const *y = b;

	if ((*x)->count != (*y)->count)
		return (*x)->count < (*y)->count ? 1 : -1;
	/* among equals as the table has them */
	return (*x > *y) - (*x < *y);
}

static void choose_pairs(struct drawing *d)
{
	const struct process *p = d->view->process;
	size_t top = d->view->top ? (size_t)d->view->top : TOP;
	size_t most = picture_most(d->view->common), n = process_pairs(p);

	d->pair = mem_alloc(n, sizeof(const struct process_pair *));
	for (size_t i = 0; i < n; i++)
		d->pair[i] = process_pair(p, i);
	if (top > most)
		top = most;
	if (n > 0)
		qsort(d->pair, n, sizeof(*d->pair), by_count);
	while (d->pairs < n && d->pairs < top &&
	       d->pair[d->pairs]->count >= (uint64_t)d->view->min_count)
		d->pairs++;
}

/* ---- nodes ---- */

static const char *new_id(struct drawing *d)
{
	char id[ID_BYTES];
	size_t n = text_putf(id, sizeof(id), "n%zu", d->nodes);

	return keep(d, (struct text){ id, n });
}

static uint32_t add_dot(struct drawing *d, enum graph_shape shape)
{
	d->node[d->nodes] =
		(struct graph_node){ .id = new_id(d), .shape = shape };
	return (uint32_t)d->nodes++;
}

static void add_activity(struct drawing *d, const struct process_activity *a,
			 uint64_t most)
{
	struct buf b = { 0 };

	add_count(&b, a->events);
	d->number[a->activity] = (uint32_t)d->nodes;
	d->node[d->nodes] = (struct graph_node){
		.id = new_id(d),
		.label = keep(d, d->view->name[a->activity]),
		.sub = keep(d, buf_text(&b)),
		.weight = (double)a->events / (double)most,
	};
	d->nodes++;
	buf_release(&b);
}

/* Those that a drawn line touches, the most frequent first. */
static void add_activities(struct drawing *d)
{
	const struct process *p = d->view->process;
	size_t n = process_totals(p)->activities;
	bool *met = mem_zalloc(n, sizeof(*met));
	uint64_t most = n ? process_activity(p, 0)->events : 1;

	for (size_t i = 0; i < d->pairs; i++) {
		if (d->pair[i]->from != PROCESS_EDGE)
			met[d->pair[i]->from] = true;
		if (d->pair[i]->to != PROCESS_EDGE)
			met[d->pair[i]->to] = true;
	}
	for (size_t i = 0; i < n; i++)
		if (met[process_activity(p, i)->activity])
			add_activity(d, process_activity(p, i), most);
	free(met);
}

static bool any_edge(const struct drawing *d, bool begin)
{
	for (size_t i = 0; i < d->pairs; i++)
		if ((begin ? d->pair[i]->from : d->pair[i]->to) ==
		    PROCESS_EDGE)
			return true;
	return false;
}

/* ---- lines ---- */

static const char *wait_of(struct drawing *d, const struct process_times *t)
{
	struct buf b = { 0 };
	const char *kept;

	if (t->n == 0)
		return NULL;
	add_span(&b, process_quantile(t, PROCESS_ONE / 2));
	kept = keep(d, buf_text(&b));
	buf_release(&b);
	return kept;
}

static void add_edges(struct drawing *d, uint32_t begin, uint32_t end)
{
	d->edge = mem_zalloc(d->pairs, sizeof(*d->edge));
	for (size_t i = 0; i < d->pairs; i++) {
		const struct process_pair *p = d->pair[i];
		struct buf b = { 0 };

		add_count(&b, p->count);
		d->edge[i] = (struct graph_edge){
			.from = p->from == PROCESS_EDGE ? begin :
							  d->number[p->from],
			.to = p->to == PROCESS_EDGE ? end : d->number[p->to],
			.label = keep(d, buf_text(&b)),
			.sub = wait_of(d, &p->wait),
			.weight = (double)p->count / (double)d->pair[0]->count,
		};
		buf_release(&b);
	}
}

/* ---- what stands beneath ---- */

static void add_day(struct buf *b, const struct processview *v, int64_t us)
{
	char day[DAY_BYTES];

	buf_add(b, day, day_format(instant_day(us, place_zone(v->place, us)),
				   day));
}

static const char *note_of(struct drawing *d, size_t drawn)
{
	const struct process_totals *t = process_totals(d->view->process);
	size_t all = process_pairs(d->view->process);
	struct buf b = { 0 }, cases = { 0 }, events = { 0 };
	const char *kept;

	add_count(&cases, t->cases);
	add_count(&events, t->events);
	buf_addf(&b, tr("%s cases, %s events"), cases.p, events.p);
	if (t->cases > 0) {
		buf_adds(&b, ", ");
		add_day(&b, d->view, t->first_at);
		buf_adds(&b, " – ");
		add_day(&b, d->view, t->last_at);
	}
	buf_addc(&b, '\n');
	buf_adds(&b, tr("In boxes: events. On lines: how often one follows the "
			"other, and the median time between."));
	if (d->pairs < all) {
		buf_addc(&b, '\n');
		buf_addf(&b, tr("Not drawn, the least frequent: %zu of %zu "
				"lines, %zu of %zu activities."),
			 all - d->pairs, all, (size_t)t->activities - drawn,
			 (size_t)t->activities);
	}
	kept = keep(d, buf_text(&b));
	buf_release(&b);
	buf_release(&cases);
	buf_release(&events);
	return kept;
}

int processview_graph(const struct processview *v)
{
	struct drawing d = { .view = v };
	size_t activities = process_totals(v->process)->activities;
	uint32_t begin = 0, end = 0;
	size_t drawn;
	struct graph g;

	choose_pairs(&d);
	d.number = mem_zalloc(activities, sizeof(*d.number));
	d.node = mem_zalloc(activities + 2, sizeof(*d.node));
	if (any_edge(&d, true))
		begin = add_dot(&d, GRAPH_BEGIN);
	drawn = d.nodes;
	add_activities(&d);
	drawn = d.nodes - drawn;
	if (any_edge(&d, false))
		end = add_dot(&d, GRAPH_END);
	add_edges(&d, begin, end);
	g = (struct graph){
		.id = "process", .title = tr("What follows what"),
		.about = tr("Activities of a log, and how often one directly "
			    "follows another."),
		.note = note_of(&d, drawn),
		.node = d.node, .nodes = d.nodes,
		.edge = d.edge, .edges = d.pairs,
	};
	processview_close_input(v, d.pairs);
	picture_write(v->common, &g);
	free(d.pair);
	free(d.number);
	free(d.node);
	free(d.edge);
	arena_release(&d.arena);
	return EXIT_DONE;
}
