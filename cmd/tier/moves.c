/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Movement between two times: how many went from which tier to which
 * (--moves), and who rose and fell, and why (--movers).
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "cmd/tier/tier.h"
#include "model/change.h"

/* The tiers of both times: now's, then those of the earlier time alone, and
 * last of all what stands for none: new, gone. */
struct names {
	struct text name[2 * TIERS_MAX];
	size_t n;
	unsigned char then[TIERS_MAX];	/* their numbers among these */
};

static int by_bytes(const void *a, const void *b)
{
	return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

static size_t find_name(const struct names *u, struct text name)
{
	size_t i = 0;

	while (i < u->n && !text_eq(u->name[i], name))
		i++;
	return i;
}

static void join_names(const struct ranking *r, struct names *u)
{
	const struct standings *then = r->then;

	memcpy(u->name, r->name, r->names * sizeof(*u->name));
	u->n = r->names;
	for (size_t i = 0; i < then->names; i++) {
		struct text name = then->name[i];

		if (find_name(u, name) == u->n)
			u->name[u->n++] = name;
	}
	qsort(u->name + r->names, u->n - r->names, sizeof(*u->name), by_bytes);
	for (size_t i = 0; i < then->names; i++)
		u->then[i] = (unsigned char)find_name(u, then->name[i]);
}

/* One customer's way; `now` and `then` are SIZE_MAX where it was not. */
struct move {
	size_t now, then;
	size_t from, to;	/* names; names.n: new, gone */
};

/* Leads that are no customers have no way; nor has anybody who never bought
 * where the rows alone tell of the earlier time. */
static bool has_way(const struct run *run, const struct ranking *r, size_t i)
{
	uint32_t who = r->at[i].who;

	return who < r->buyers ||
	       (run->moves && !id_is_lead(group_key(r->customers, who)));
}

/* All ways: of those who are here now in their order, then of those who are
 * not any more. The caller frees. */
static struct move *find_moves(const struct run *run, const struct ranking *r,
			       const struct names *u, size_t *n)
{
	size_t here = r->n + r->outside, were = group_count(r->then->who);
	struct move *move = mem_alloc(here + were, sizeof(*move));
	bool *met = mem_zalloc(were, sizeof(*met));

	*n = 0;
	for (size_t i = 0; i < here; i++) {
		struct text key = group_key(r->customers, r->at[i].who);
		size_t then = group_find(r->then->who, key);
		struct move m = { i, then, u->n, r->tier[i] };

		if (!has_way(run, r, i))
			continue;
		if (then != SIZE_MAX) {
			const struct standing *s =
				group_entry(r->then->who, then);

			met[then] = true;
			m.from = u->then[s->tier];
		}
		move[(*n)++] = m;
	}
	for (size_t i = 0; i < were; i++) {
		const struct standing *s = group_entry(r->then->who, i);

		if (!met[i])
			move[(*n)++] = (struct move){ SIZE_MAX, i,
						      u->then[s->tier], u->n };
	}
	free(met);
	return move;
}

static int64_t value_now(const struct ranking *r, const struct move *m)
{
	return m->now == SIZE_MAX ? 0 : r->at[m->now].value;
}

static const struct standing *standing_of(const struct ranking *r,
					  const struct move *m)
{
	return m->then == SIZE_MAX ? NULL :
				     group_entry(r->then->who, m->then);
}

static int64_t value_then(const struct ranking *r, const struct move *m)
{
	const struct standing *s = standing_of(r, m);

	return s ? s->value : 0;
}

static void put_name(const struct names *u, size_t i, const char *none,
		     struct output *out)
{
	if (i == u->n)
		output_str(out, none);
	else
		output_text(out, u->name[i]);
}

/* ---- the matrix ---- */

struct cell_total {
	size_t customers;
	money_wide then, now;
};

void moves_write(const struct run *run, const struct by *by, size_t label,
		 const struct ranking *r, struct output *out)
{
	struct names u;
	struct cell_total *total;
	struct move *move;
	size_t n, side;

	join_names(r, &u);
	move = find_moves(run, r, &u, &n);
	side = u.n + 1;
	total = mem_zalloc(side * side, sizeof(*total));
	for (size_t i = 0; i < n; i++) {
		struct cell_total *t =
			&total[move[i].from * side + move[i].to];

		t->customers++;
		t->then += value_then(r, &move[i]);
		t->now += value_now(r, &move[i]);
	}
	for (size_t i = 0; i < side * side; i++) {
		if (!total[i].customers)
			continue;
		by_put(by, label, out);
		put_name(&u, i / side, "new", out);
		put_name(&u, i % side, "gone", out);
		output_int(out, (int64_t)total[i].customers);
		put_wide(run, out, total[i].then);
		put_wide(run, out, total[i].now);
		put_wide(run, out, total[i].now - total[i].then);
		output_end(out);
	}
	free(total);
	free(move);
}

/* ---- who ---- */

static const char *direction(const struct names *u, const struct move *m)
{
	if (m->from == u->n)
		return "new";
	if (m->to == u->n)
		return "gone";
	if (m->from == m->to)
		return "same";
	return m->to < m->from ? "rose" : "fell";
}

/* Purchases at both times; false where they are not known. */
static bool purchases(const struct ranking *r, const struct move *m,
		      int64_t *then, int64_t *now)
{
	const struct standing *s = standing_of(r, m);

	*then = s ? s->bought : 0;
	*now = 0;
	if (m->now != SIZE_MAX && r->at[m->now].who < r->buyers)
		*now = (int64_t)r->bought[r->at[m->now].who];
	return *then >= 0;
}

static void put_why(const struct run *run, const struct ranking *r,
		    const struct move *m, struct output *out)
{
	int64_t then, now;
	bool known = purchases(r, m, &then, &now);
	struct change c;

	if (known)
		output_int(out, then);
	else
		output_empty(out);
	output_int(out, now);
	if (!known) {
		output_empty(out);
		output_empty(out);
		output_empty(out);
		return;
	}
	c = change_split(value_then(r, m), then, value_now(r, m), now);
	put_wide(run, out, c.by_count);
	put_wide(run, out, c.by_ticket);
	output_str(out, change_why(&c));
}

static struct text mover_key(const struct ranking *r, const struct move *m)
{
	if (m->now != SIZE_MAX)
		return group_key(r->customers, r->at[m->now].who);
	return group_key(r->then->who, m->then);
}

/* The order of output: the largest gain first, the largest loss last. */
static struct ranked *order_moves(const struct ranking *r,
				  const struct move *move, size_t n)
{
	struct group *keys = group_new(0, 0, NULL, NULL);
	struct ranked *order = mem_alloc(n, sizeof(*order));

	for (size_t i = 0; i < n; i++) {
		money_wide change = (money_wide)value_now(r, &move[i]) -
				    value_then(r, &move[i]);

		group_intern(keys, mover_key(r, &move[i]));
		order[i].who = (uint32_t)i;
		if (!money_narrow(change, &order[i].value))
			die("a customer's change is too large");
	}
	rank_descending(order, n, keys);
	group_free(keys);
	return order;
}

void movers_write(const struct run *run, const struct by *by, size_t label,
		  const struct ranking *r, struct output *out)
{
	struct names u;
	struct move *move;
	struct ranked *order;
	size_t n;

	join_names(r, &u);
	move = find_moves(run, r, &u, &n);
	order = order_moves(r, move, n);
	for (size_t i = 0; i < n; i++) {
		const struct move *m = &move[order[i].who];

		by_put(by, label, out);
		output_text(out, mover_key(r, m));
		put_name(&u, m->from, "new", out);
		put_name(&u, m->to, "gone", out);
		output_str(out, direction(&u, m));
		put_value(run, out, value_then(r, m));
		put_value(run, out, value_now(r, m));
		put_value(run, out, order[i].value);
		put_why(run, r, m, out);
		output_end(out);
	}
	free(order);
	free(move);
}
