/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Graphs out. */
#include <stdint.h>

#include "base/msg.h"
#include "stream/sink.h"

#include "cmd/complaint/picture.h"

#define EDGES_MAX 2000		/* drawn in seconds, and more than is read */

void picture_check(const struct common *c)
{
	if (c->to && opt_choice("dot|svg", text_of(c->to)) < 0)
		die_usage("--to: \"%s\" is not one of dot|svg", c->to);
	if (c->get || c->fail_if.n)
		die_usage("--get and --fail-if: a picture has no rows");
}

static bool as_svg(const struct common *c)
{
	if (c->to)
		return strcmp(c->to, "svg") == 0;
	return c->output && text_ends(text_of(c->output), ".svg");
}

size_t picture_most(const struct common *c)
{
	return as_svg(c) ? EDGES_MAX : SIZE_MAX;
}

void picture_write(const struct common *c, const struct graph *g)
{
	struct buf b = { 0 };
	struct sink *out;

	if (g->edges > picture_most(c))
		die("%zu lines make no picture, %d at most; -t dot has them "
		    "all", g->edges, EDGES_MAX);
	out = sink_open(c->output, SINK_PLAIN);
	if (as_svg(c))
		graph_svg(&b, g);
	else
		graph_dot(&b, g);
	sink_put(out, b.p, b.n);
	buf_release(&b);
	sink_close(out);
}
