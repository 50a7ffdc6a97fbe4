/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the header stands, by counting known words and filled cells. */
#include <string.h>

#include "base/group.h"
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/layout.h"

static struct text cell_at(const struct grid *g, size_t row, size_t i)
{
	if (i >= g->width[row])
		return (struct text){ 0 };
	return clean_text(g->cell[row][i]);
}

/* Cells that hold something of their own: a title that fills the cells it is
 * merged with counts once. */
static size_t filled(const struct grid *g, size_t row)
{
	struct text left = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < g->width[row]; i++) {
		struct text t = cell_at(g, row, i);

		n += t.n > 0 && !text_eq(t, left);
		left = t;
	}
	return n;
}

static struct text lower_name(const struct grid *g, size_t row, size_t i)
{
	return row < g->rows ? cell_at(g, row, i) : (struct text){ 0 };
}

/* Known headers of a row; with `below`, of it and the row below together. */
static size_t count_known(const struct aliases *a, const struct grid *g,
			  size_t row, bool below)
{
	size_t n = 0, width = g->width[row];

	if (below && g->width[row + 1] > width)
		width = g->width[row + 1];
	for (size_t i = 0; i < width; i++) {
		struct text t = { 0 };

		if (below)
			t = lower_name(g, row + 1, i);
		if (t.n == 0)
			t = cell_at(g, row, i);
		n += t.n && header_is_known(a, t);
	}
	return n;
}

/* A header's second level fills gaps of the first, or puts known words under
 * some of its cells, and leaves gaps that the first fills. */
static bool may_be_two(const struct aliases *a, const struct grid *g,
		       size_t row)
{
	size_t gaps = 0, both = 0, under = 0, known = 0;

	if (row + 1 >= g->rows || g->width[row + 1] != g->width[row])
		return false;
	for (size_t i = 0; i < g->width[row]; i++) {
		bool up = cell_at(g, row, i).n > 0;
		bool down = cell_at(g, row + 1, i).n > 0;

		gaps += !down && up;
		both += !up && down;
		under += down;
		if (down)
			known += header_is_known(a, cell_at(g, row + 1, i));
	}
	return gaps > 0 && (both > 0 || (under > 0 && known == under));
}

static size_t first_with_two(const struct grid *g, size_t rows)
{
	for (size_t i = 0; i < rows; i++)
		if (filled(g, i) >= 2)
			return i;
	return 0;
}

/* Above a row of keys are the labels: the header, and what stands above them
 * says less. */
static void find_labels(const struct grid *g, size_t rows, struct layout *l)
{
	for (size_t i = l->row + 1; i < rows; i++)
		if (g->width[i] == g->width[l->row] &&
		    layout_is_import_key(cell_at(g, i, 0))) {
			l->row = i - 1;
			l->two_level = false;
			return;
		}
}

bool layout_find(const struct aliases *a, const struct grid *g,
		 struct layout *l)
{
	size_t rows = g->rows < LAYOUT_ROWS ? g->rows : LAYOUT_ROWS;
	size_t widest = 0;

	l->row = 0;
	l->known = 0;
	l->two_level = false;
	for (size_t i = 0; i < rows; i++) {
		size_t width = filled(g, i), known;

		if (i && width <= widest)
			continue;
		widest = width;
		known = count_known(a, g, i, false);
		if (known > l->known) {
			l->row = i;
			l->known = known;
		}
	}
	if (l->known == 0)
		l->row = first_with_two(g, rows);
	for (size_t i = l->row ? l->row - 1 : 0; i <= l->row && g->rows; i++) {
		size_t known =
			may_be_two(a, g, i) ? count_known(a, g, i, true) : 0;

		if (known > l->known && known >= 2) {
			l->row = i + 1;
			l->known = known;
			l->two_level = true;
			break;
		}
	}
	if (g->rows > 0)
		find_labels(g, rows, l);
	return g->rows > 0;
}

size_t layout_width(const struct grid *g, const struct layout *l)
{
	size_t width = g->width[l->row];

	if (l->two_level && g->width[l->row - 1] > width)
		width = g->width[l->row - 1];
	return width;
}

struct text layout_name(const struct grid *g, const struct layout *l, size_t i)
{
	struct text t = cell_at(g, l->row, i);

	if (t.n == 0 && l->two_level)
		t = cell_at(g, l->row - 1, i);
	return t;
}

/* What spans column i in the upper level. */
static struct text group_name(const struct grid *g, const struct layout *l,
			      size_t i)
{
	struct text t = { 0 };

	for (size_t k = i + 1; k-- > 0 && t.n == 0;)
		t = cell_at(g, l->row - 1, k);
	return t;
}

static struct text joined(struct grid *g, struct text group, struct text name)
{
	char *to = arena_alloc(&g->hold, group.n + name.n + 1);

	if (group.n)
		memcpy(to, group.p, group.n);
	if (name.n)
		memcpy(to + group.n, name.p, name.n);
	return (struct text){ to, group.n + name.n };
}

static bool has_group(const struct grid *g, const struct layout *l, size_t i)
{
	return l->two_level && cell_at(g, l->row, i).n > 0;
}

/* Columns of one name. */
struct twins {
	uint32_t n, named;
};

static struct twins *twins_of(struct group *names, struct text name)
{
	return group_entry(names, group_intern(names, name));
}

void layout_names(const struct aliases *a, struct grid *g,
		  const struct layout *l, struct text *to)
{
	struct group *names = group_new(sizeof(struct twins), 0, NULL, NULL);
	size_t width = layout_width(g, l);
	bool told = false;

	for (size_t i = 0; i < width; i++) {
		to[i] = layout_name(g, l, i);
		twins_of(names, to[i])->n++;
	}
	for (size_t i = 0; i < width && !told; i++)
		told = twins_of(names, to[i])->n > 1 && has_group(g, l, i) &&
		       header_is_known(a, joined(g, group_name(g, l, i),
						 to[i]));
	for (size_t i = 0; i < width; i++) {
		struct twins *t = twins_of(names, to[i]);

		if (t->n > 1 && has_group(g, l, i) && (told || t->named > 0))
			to[i] = joined(g, group_name(g, l, i), to[i]);
		t->named++;
	}
	group_free(names);
}

/* ---- the delimiter ---- */

static size_t agreeing_rows(const struct grid *g, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < g->rows; i++)
		n += g->width[i] == g->width[from];
	return n;
}

char layout_delimiter(const struct aliases *a, struct text head, bool whole,
		      uint64_t from)
{
	static const char candidates[] = { ',', '\t', ';', '|' };
	double best = -1;
	char delimiter = ',';

	for (size_t i = 0; i < sizeof(candidates); i++) {
		struct grid g = { 0 };
		struct layout l;
		double points = 0;

		grid_fill(&g, head, whole, candidates[i], from,
			  2 * LAYOUT_ROWS);
		/* A row that is found has a width.
		 * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		if (layout_find(a, &g, &l) && g.width[l.row] > 1) {
			size_t width = g.width[l.row];
			double rows = (double)(g.rows - l.row);

			points = (double)agreeing_rows(&g, l.row) / rows;
			points *= (double)(width < 500 ? width : 500) / 500;
			points += (double)l.known;
			/* Where all else is equal, rows above it are more
			 * likely its own, misread, than titles. */
			points -= 1e-4 * (double)l.row;
		}
		grid_release(&g);
		if (points > best) {
			best = points;
			delimiter = candidates[i];
		}
	}
	return delimiter;
}
