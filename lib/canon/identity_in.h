/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of identity.h share; for lib/canon/identity*.c alone. */
#ifndef CANON_IDENTITY_IN_H
#define CANON_IDENTITY_IN_H

#include "base/group.h"
#include "canon/identity.h"

#define IDENTITY_NONE UINT32_MAX

struct identity_node {
	uint32_t parent;
	uint32_t name;		/* folded; NONE: no full name */
	uint32_t given, number, id_no, vin;
	uint32_t phone[IDENTITY_PHONES];
	uint32_t surname;	/* first character of a name that is not full */
	int32_t first, last;	/* days; DAY_NONE: no day known */
	bool customer;		/* a record that is no lead */
	struct text record;
};

/* A distinct value and the nodes that have it (in the arena). */
struct identity_value {
	uint32_t *node;
	uint32_t n, cap;
};

struct identity_entity {
	struct text id;
	const char *kind;
	bool customer;
};

struct identity {
	struct group *tuples;		/* all of a node -> its number */
	struct group *names, *givens, *numbers, *id_nos, *phones, *vins;
	struct identity_node *node;
	size_t nodes, cap;
	struct identity_entity *entity;	/* of each root, after resolving */
	struct arena texts;
	struct buf tuple, name;		/* of the record under way */
};

/* The node that stands for all that are joined with this one. */
uint32_t identity_root(const struct identity *, uint32_t node);
/* Joins the nodes of one customer. */
void identity_join(struct identity *);
/* Gives each root its id; once all are joined. */
void identity_name(struct identity *);

#endif
