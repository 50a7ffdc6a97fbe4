/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How an export is laid out: its delimiter, where the header stands below
 * titles, whether the header has two levels, which kind of export it is, and
 * which rows are no data.
 */
#ifndef CANON_LAYOUT_H
#define CANON_LAYOUT_H

#include "canon/grid.h"
#include "canon/header.h"

#define LAYOUT_ROWS 20		/* the header is looked for among so many */

struct layout {
	char delimiter;
	size_t row;		/* of the grid: the header (its lower level) */
	bool two_level;		/* the row before names columns without one */
	size_t known;		/* headers found in the alias table */
};

/*
 * Finds the header: among the first LAYOUT_ROWS rows of the grid the one with
 * the most known headers, the first of such; only rows with fewer filled
 * cells (titles) may stand above it. With two known headers or more in it
 * and the row after it together, where that one fills its gaps, they are two
 * levels. Without any known header it is the first row of two filled cells,
 * else the first row; with a row of {"ImportId":..} below it the row above
 * that one. False when the grid is empty.
 */
bool layout_find(const struct aliases *, const struct grid *, struct layout *);

/* The name of column i: of the header's cell or, in two levels, of the cell
 * above (of the group that spans it) when the lower one is empty. */
struct text layout_name(const struct grid *, const struct layout *, size_t i);
size_t layout_width(const struct grid *, const struct layout *);
/* All names. Of equal ones in two levels the second is told by its group, and
 * the first, too, where that makes a known word of some of them: 工时费应收
 * and 工时费实收 of 工时费 over 应收 and 实收. What is made so stands in the
 * grid. */
void layout_names(const struct aliases *, struct grid *, const struct layout *,
		  struct text *to);

/*
 * The delimiter of a file's head: of , tab ; | the one that gives the header
 * with the most known words, then the most fields that most rows agree on.
 */
char layout_delimiter(const struct aliases *, struct text head, bool whole,
		      uint64_t from);

/* The kind of export that a header's words speak for. evidence[] gets how many
 * points each kind has; with fewer than LAYOUT_SURE it is hardly known. */
#define LAYOUT_SURE 5

enum export layout_kind(const struct aliases *, const struct text *header,
			size_t n, int evidence[EXPORT_KINDS]);

/* Below its labels a survey export has a row of keys, {"ImportId":"QID1"}. */
bool layout_is_import_key(struct text);

/*
 * Is the row no data by nature: all cells empty, a total (合计, 小计, 总计 in
 * the first cell that is neither empty nor a row number), a page's footer
 * (第1页, 制表人, 打印时间 and hardly anything else), the keys of a survey
 * export ({"ImportId":..}), or the header again?
 */
bool layout_not_data(const struct text *cell, size_t n,
		     const struct text *header, size_t columns);

#endif
