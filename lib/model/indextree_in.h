/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What indextree.c and indexscore.c share of the tree. */
#ifndef MODEL_INDEXTREE_IN_H
#define MODEL_INDEXTREE_IN_H

#include "base/group.h"
#include "base/mem.h"
#include "model/indextree.h"

/* A node; an indicator is numbered as its question. */
struct indextree_node {
	struct text name, question;
	uint32_t class;			/* of an indicator */
	int64_t weight;
	double low, high, target;
};

struct indextree {
	struct indextree_node *class, *leaf;
	size_t classes, classes_cap, leaves, leaves_cap;
	struct indextree_node total;
	struct group *questions;
	struct arena texts;
};

#endif
