/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-mix --growth in two files: growth_ways.c tells the change of a group's
 * income by its sources, its drivers or its customers; growth.c asks for one
 * of them, adds up, and writes.
 */
#ifndef CMD_MIX_GROWTH_H
#define CMD_MIX_GROWTH_H

#include "cmd/mix/sides.h"
#include "cmd/mix/sources.h"

enum effects { AUTO, SOURCES, DRIVERS, CUSTOMERS_MOVED };

/* One line of the result: an effect on one group. */
struct line {
	struct text name; /* of the effect */
	money_wide amount;
	/* the effect's own figure in the two periods */
	enum { FIGURE_NONE, FIGURE_FEN, FIGURE_REAL } figure[2];
	money_wide fen[2];
	double real[2];
	uint64_t customers;
	int64_t tenths; /* of a percent of the change */
	bool shared;
};

/* The lines of one group, their sum the last of them. */
struct effect_list {
	struct line *at;
	size_t n, cap;
	money_wide change;
};

struct growth {
	struct sides sides;
	int effects; /* enum effects, never AUTO once the rows are read */
	struct sources *sources;
	struct effect_list *of; /* of each label */
	size_t n;
};

/* A line with its own figures in fen, whose difference is its amount. */
struct line *growth_add_fen(struct effect_list *, struct text name,
			    const money_wide fen[2]);
/* Whether any row that was read has a source. */
bool growth_is_tagged(const struct sides *);
/* The lines of all groups, by growth.effects. */
void growth_fill(struct growth *);

#endif
