/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Graphs laid out: whatever the graph, boxes lie apart, labels lie on no node
 * and on no other label, and every line runs from the border of one node to
 * that of another, through none. And what is written is well escaped.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "num/rng.h"
#include "render/graph.h"

#define NODES 14
/* Each has a process of its own, whose end a sanitizer looks at for long. */
#ifdef __SANITIZE_ADDRESS__
#define GRAPHS 12
#else
#define GRAPHS 60
#endif
#define SAMPLES 12	/* points looked at on a curve */
#define EPS 0.11	/* places are rounded to tenths */

static const char *const words[] = {
	"received", "已受理", "T07-5 Draft intern advice aspect 5",
	"等待客户提供维修结算单与行驶证的复印件", "x", "<&\"'>\\",
	"a_very_long_identifier_without_any_blank_in_it_at_all",
};

struct drawn {
	struct graph graph;
	struct graph_node node[NODES];
	struct graph_edge edge[NODES * NODES];
	struct graph_plan plan;
};

/* A graph of some nodes, each pair joined with that chance. */
static void draw(struct drawn *d, unsigned seed, bool in_order)
{
	struct rng r;
	size_t nodes, edges = 0;
	uint64_t chance;

	rng_init(&r, seed, 0);
	nodes = 1 + rng_below(&r, NODES);
	chance = 1 + rng_below(&r, 6);
	*d = (struct drawn){ 0 };
	for (size_t i = 0; i < nodes; i++)
		d->node[i] = (struct graph_node){
			.id = "", .label = words[rng_below(&r, NELEMS(words))],
			.sub = rng_below(&r, 2) ? "1,234" : NULL,
			.shape = i == 0		? GRAPH_BEGIN :
				 i + 1 == nodes ? GRAPH_END : GRAPH_STATE,
		};
	for (uint32_t a = 0; a < nodes; a++)
		for (uint32_t b = 0; b < nodes; b++) {
			if (rng_below(&r, 10) >= chance)
				continue;
			d->edge[edges++] = (struct graph_edge){
				.from = a, .to = b, .joins = in_order,
				.label = words[rng_below(&r, 3)],
				.weight = (double)rng_below(&r, 10) / 10,
			};
		}
	d->graph = (struct graph){
		.id = "g", .title = "t", .about = "a", .node = d->node,
		.nodes = nodes, .edge = d->edge, .edges = edges,
		.in_order = in_order,
	};
	graph_lay_out(&d->graph, &d->plan);
}

static bool apart(struct graph_box a, struct graph_box b)
{
	return a.x + a.w <= b.x + EPS || b.x + b.w <= a.x + EPS ||
	       a.y + a.h <= b.y + EPS || b.y + b.h <= a.y + EPS;
}

static bool inside(struct graph_box b, struct graph_point p)
{
	return p.x > b.x + EPS && p.x < b.x + b.w - EPS && p.y > b.y + EPS &&
	       p.y < b.y + b.h - EPS;
}

static bool on_border(struct graph_box b, struct graph_point p)
{
	bool across = p.x >= b.x - EPS && p.x <= b.x + b.w + EPS;
	bool down = p.y >= b.y - EPS && p.y <= b.y + b.h + EPS;

	return across && down && !inside(b, p);
}

static void check_boxes(const struct drawn *d)
{
	const struct graph_plan *p = &d->plan;

	for (size_t i = 0; i < d->graph.nodes; i++) {
		ck_assert(p->node[i].x >= -EPS && p->node[i].y >= -EPS);
		ck_assert(p->node[i].x + p->node[i].w <= p->w + EPS);
		ck_assert(p->node[i].y + p->node[i].h <= p->h + EPS);
		for (size_t k = 0; k < i; k++)
			ck_assert(apart(p->node[i], p->node[k]));
	}
}

static void check_labels(const struct drawn *d)
{
	const struct graph_plan *p = &d->plan;

	for (size_t e = 0; e < d->graph.edges; e++) {
		const struct graph_line *l = &p->edge[e];

		if (!l->labelled)
			continue;
		ck_assert(l->label.x >= -EPS);
		ck_assert(l->label.x + l->label.w <= p->w + EPS);
		for (size_t i = 0; i < d->graph.nodes; i++)
			ck_assert(apart(l->label, p->node[i]));
		for (size_t k = 0; k < e; k++)
			ck_assert(!p->edge[k].labelled ||
				  apart(l->label, p->edge[k].label));
	}
}

static struct graph_point at(const struct graph_point *c, double t)
{
	double u = 1 - t;
	double a = u * u * u, b = 3 * u * u * t, f = 3 * u * t * t;
	double g = t * t * t;

	return (struct graph_point){
		a * c[0].x + b * c[1].x + f * c[2].x + g * c[3].x,
		a * c[0].y + b * c[1].y + f * c[2].y + g * c[3].y,
	};
}

static void check_lines(const struct drawn *d)
{
	const struct graph_plan *p = &d->plan;

	for (size_t e = 0; e < d->graph.edges; e++) {
		const struct graph_line *l = &p->edge[e];

		ck_assert_uint_eq(l->n % 3, 1);
		ck_assert(on_border(p->node[d->edge[e].from], l->at[0]));
		ck_assert(on_border(p->node[d->edge[e].to],
				    l->at[l->n - 1]));
		for (size_t c = 0; c + 3 < l->n; c += 3)
			for (int s = 0; s <= SAMPLES; s++)
				for (size_t i = 0; i < d->graph.nodes; i++)
					ck_assert(!inside(p->node[i],
							  at(l->at + c,
							     (double)s /
								     SAMPLES)));
	}
}

START_TEST(nothing_lies_on_anything)
{
	static struct drawn d;

	draw(&d, (unsigned)_i, _i % 2);
	check_boxes(&d);
	check_labels(&d);
	check_lines(&d);
	graph_plan_release(&d.plan);
}
END_TEST

/* The last leads of a line are straight, and long enough for its head. */
START_TEST(heads_have_room)
{
	static struct drawn d;

	draw(&d, (unsigned)_i, _i % 2);
	for (size_t e = 0; e < d.graph.edges; e++) {
		const struct graph_line *l = &d.plan.edge[e];
		const struct graph_point *tip = &l->at[l->n - 1];
		const struct graph_point *foot = &l->at[l->n - 4];

		ck_assert(hypot(tip->x - foot->x, tip->y - foot->y) >=
			  GRAPH_ARROW - EPS);
		ck_assert(fabs(tip->x - foot->x) < EPS ||
			  fabs(tip->y - foot->y) < EPS);
	}
	graph_plan_release(&d.plan);
}
END_TEST

static const struct graph_node chain[] = {
	{ .id = "", .shape = GRAPH_BEGIN },
	{ .id = "a", .label = "a" },
	{ .id = "b", .label = "b", .shape = GRAPH_PAUSED },
	{ .id = "c", .label = "c", .shape = GRAPH_CLOSED },
};
static const struct graph_edge chain_edges[] = {
	{ .from = 0, .to = 1, .label = "in" },
	{ .from = 1, .to = 2, .label = "on", .weight = 1 },
	{ .from = 2, .to = 1, .label = "back", .weight = 0.5 },
	{ .from = 2, .to = 3, .label = "out" },
	{ .from = 2, .to = 2, .label = "again" },
};

static struct graph chain_graph(bool in_order)
{
	return (struct graph){
		.id = "chain", .title = "chain", .about = "",
		.node = chain, .nodes = NELEMS(chain), .edge = chain_edges,
		.edges = NELEMS(chain_edges), .in_order = in_order,
	};
}

START_TEST(ranks_go_down_and_only_the_lighter_edge_goes_back)
{
	struct graph g = chain_graph(_i);
	struct graph_plan p;

	graph_lay_out(&g, &p);
	for (size_t i = 1; i < g.nodes; i++)
		ck_assert(p.node[i].y > p.node[i - 1].y + p.node[i - 1].h);
	for (size_t e = 0; e < g.edges; e++)
		ck_assert_int_eq(p.edge[e].back, e == 2);
	graph_plan_release(&p);
}
END_TEST

/* Whatever order the nodes are given in; so a chain of heavy edges is not cut
 * where no single node can leave its place for a better one. */
START_TEST(nothing_leads_back_where_there_is_no_cycle)
{
	static struct drawn d;
	uint32_t place[NODES];
	struct graph_plan p;
	struct rng r;

	draw(&d, (unsigned)_i, false);
	graph_plan_release(&d.plan);
	rng_init(&r, (unsigned)_i, 1);
	for (uint32_t i = 0; i < NODES; i++)
		place[i] = i;
	for (size_t i = d.graph.nodes; i-- > 1;) {
		size_t k = rng_below(&r, i + 1);
		uint32_t swapped = place[i];

		place[i] = place[k];
		place[k] = swapped;
	}
	for (size_t i = 0; i < d.graph.nodes; i++)
		d.node[i].shape = GRAPH_STATE;
	for (size_t e = 0; e < d.graph.edges; e++) {
		struct graph_edge *x = &d.edge[e];

		if (place[x->from] > place[x->to]) {
			uint32_t from = x->from;

			x->from = x->to;
			x->to = from;
		}
	}
	graph_lay_out(&d.graph, &p);
	for (size_t e = 0; e < d.graph.edges; e++)
		ck_assert(!p.edge[e].back);
	graph_plan_release(&p);
}
END_TEST

/* What nothing in front leads to stands behind what leads to it. */
START_TEST(a_loop_aside_is_not_put_in_front)
{
	static const struct graph_edge edges[] = {
		{ .from = 0, .to = 1, .weight = 1 },
		{ .from = 1, .to = 2, .weight = 0.3 },
		{ .from = 2, .to = 1, .weight = 0.4 },
		{ .from = 1, .to = 3, .weight = 1 },
	};
	struct graph g = chain_graph(false);
	struct graph_plan p;

	g.edge = edges;
	g.edges = NELEMS(edges);
	graph_lay_out(&g, &p);
	ck_assert(p.node[2].y > p.node[1].y);
	ck_assert(p.edge[2].back && !p.edge[1].back);
	graph_plan_release(&p);
}
END_TEST

/* Lines of one label into one node are one line there, labelled once. */
START_TEST(lines_may_join)
{
	static const struct graph_edge edges[] = {
		{ .from = 0, .to = 3, .label = "end", .joins = true },
		{ .from = 1, .to = 3, .label = "end", .joins = true },
		{ .from = 2, .to = 3, .label = "stop", .joins = true },
		{ .from = 0, .to = 1 }, { .from = 1, .to = 2 },
	};
	struct graph g = chain_graph(true);
	struct graph_plan p;
	const struct graph_line *l;

	g.edge = edges;
	g.edges = NELEMS(edges);
	graph_lay_out(&g, &p);
	l = p.edge;
	ck_assert(l[0].labelled && !l[1].labelled && l[2].labelled);
	ck_assert(l[0].at[l[0].n - 1].x == l[1].at[l[1].n - 1].x);
	ck_assert(l[0].at[l[0].n - 1].x != l[2].at[l[2].n - 1].x);
	graph_plan_release(&p);
}
END_TEST

/* Do tags that are opened end, in turn, and are quotes and brackets whole? */
static bool well_formed(const char *p)
{
	const char *open[8];
	size_t depth = 0;

	for (; (p = strchr(p, '<')) != NULL; p++) {
		const char *end = strchr(p, '>');
		size_t n;

		if (!end || depth == NELEMS(open))
			return false;
		if (end[-1] == '/')
			continue;
		if (p[1] != '/') {
			open[depth++] = p + 1;
			continue;
		}
		n = (size_t)(end - p) - 2;
		if (depth == 0 || strncmp(open[--depth], p + 2, n) != 0)
			return false;
	}
	return depth == 0;
}

/* As it must not in Chinese. */
START_TEST(no_line_begins_with_a_closing_bracket)
{
	static const char label[] = "提出处理方案（退换修赔）";
	const struct graph_node node = { .id = "a", .label = label };
	const struct graph g = { .id = "g", .title = "", .about = "",
				 .node = &node, .nodes = 1 };
	const size_t bracket = strlen("）");
	struct graph_plan p;
	size_t bytes = 0;

	graph_lay_out(&g, &p);
	ck_assert_uint_gt(p.words[0].n, 1);
	for (size_t i = 0; i < p.words[0].n; i++) {
		struct text line = p.words[0].line[i];

		ck_assert(memcmp(line.p, "）", bracket) != 0);
		bytes += line.n;
	}
	ck_assert_uint_eq(bytes, strlen(label));
	graph_plan_release(&p);
}
END_TEST

START_TEST(a_graph_of_nothing_is_drawn)
{
	const struct graph g = { .id = "", .title = "", .about = "" };
	struct buf b = { 0 };

	graph_svg(&b, &g);
	ck_assert(text_starts(buf_text(&b), "<svg "));
	ck_assert(text_ends(buf_text(&b), "</svg>\n"));
	buf_clear(&b);
	graph_dot(&b, &g);
	ck_assert_str_eq(b.p, "digraph \"\" {\n\trankdir=TB;\n"
			      "\tnode [shape=box, style=rounded];\n}\n");
	buf_release(&b);
}
END_TEST

START_TEST(the_same_graph_gives_the_same_bytes)
{
	static struct drawn d;
	struct buf a = { 0 }, b = { 0 };

	draw(&d, (unsigned)_i, _i % 2);
	graph_svg(&a, &d.graph);
	graph_svg(&b, &d.graph);
	ck_assert_str_eq(a.p, b.p);
	ck_assert(well_formed(a.p));
	buf_release(&a);
	buf_release(&b);
	graph_plan_release(&d.plan);
}
END_TEST

/* Data in a picture is text and nothing else. */
START_TEST(labels_are_escaped)
{
	static const char evil[] = "</text><script>&\"'\\\x1b[31m";
	const struct graph_node node = { .id = evil, .label = evil,
					 .sub = evil };
	const struct graph_edge edge = { .label = evil, .sub = evil };
	const struct graph g = {
		.id = evil, .title = evil, .about = evil, .note = evil,
		.node = &node, .nodes = 1, .edge = &edge, .edges = 1,
	};
	struct buf b = { 0 };

	graph_svg(&b, &g);
	ck_assert_ptr_null(strstr(b.p, "<script"));
	ck_assert_ptr_null(strchr(b.p, '\x1b'));
	ck_assert_ptr_nonnull(strstr(b.p, "&lt;"));
	ck_assert(well_formed(b.p));
	buf_clear(&b);
	graph_dot(&b, &g);
	ck_assert_ptr_nonnull(strstr(b.p, "\"</text><script>&\\\"'\\\\"));
	ck_assert_ptr_null(strchr(b.p, '\x1b'));
	buf_release(&b);
}
END_TEST

START_TEST(dot_keeps_lines_and_weights)
{
	static const struct graph_node node[] = {
		{ .id = "", .shape = GRAPH_BEGIN },
		{ .id = "a", .label = "A", .sub = "12" },
	};
	static const struct graph_edge edge[] = {
		{ .from = 0, .to = 1, .label = "x\ny", .weight = 0.5 },
	};
	const struct graph g = { .id = "g", .title = "", .about = "",
				 .node = node, .nodes = 2, .edge = edge,
				 .edges = 1 };
	struct buf b = { 0 };

	graph_dot(&b, &g);
	ck_assert_str_eq(b.p, "digraph \"g\" {\n\trankdir=TB;\n"
			      "\tnode [shape=box, style=rounded];\n"
			      "\t\"\" [shape=point];\n"
			      "\t\"a\" [label=\"A\\n12\"];\n"
			      "\t\"\" -> \"a\" [label=\"x\\ny\", "
			      "penwidth=3.5];\n}\n");
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("graph");
	TCase *t = tcase_create("graph");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_graph");
	suite_add_tcase(s, t);
	tcase_add_loop_test(t, nothing_lies_on_anything, 0, GRAPHS);
	tcase_add_loop_test(t, heads_have_room, 0, GRAPHS);
	tcase_add_loop_test(t, the_same_graph_gives_the_same_bytes, 0, 6);
	tcase_add_loop_test(
		t, ranks_go_down_and_only_the_lighter_edge_goes_back, 0, 2);
	tcase_add_loop_test(t, nothing_leads_back_where_there_is_no_cycle, 0,
			    GRAPHS);
	tcase_add_test(t, a_loop_aside_is_not_put_in_front);
	tcase_add_test(t, lines_may_join);
	tcase_add_test(t, no_line_begins_with_a_closing_bracket);
	tcase_add_test(t, a_graph_of_nothing_is_drawn);
	tcase_add_test(t, labels_are_escaped);
	tcase_add_test(t, dot_keeps_lines_and_weights);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
