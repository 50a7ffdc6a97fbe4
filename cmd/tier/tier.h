/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of crm-tier. Rows are folded into one entry a customer (read.c);
 * a scheme places the customers, each in a tier, in the order of output
 * (pyramid.c and its like, one file a scheme, listed in schemes.c); a result
 * writes what was placed (customers.c, tiers.c, ...). Schemes know nothing of
 * results, nor these of schemes.
 */
#ifndef CMD_TIER_TIER_H
#define CMD_TIER_TIER_H

#include "base/group.h"
#include "base/optuse.h"
#include "model/tier.h"
#include "stream/by.h"
#include "stream/input.h"
#include "stream/output.h"

/* ---- what is asked ---- */

struct scheme;
struct service;

/* Of values: money in fen, things counted, or numbers in millionths. */
enum unit { UNIT_FEN, UNIT_WHOLE, UNIT_MICRO };

/* What a customer is worth. */
struct measure {
	enum {
		MEASURE_AMOUNT,
		MEASURE_MARGIN,
		MEASURE_COUNT,
		MEASURE_DAYS,
		MEASURE_COLUMN
	} kind;
	enum unit unit;
	const char *column;		/* of MEASURE_COLUMN */
};

enum result_kind {
	RESULT_CUSTOMERS,
	RESULT_TIERS,
	RESULT_CONCENTRATION,
	RESULT_CURVE,
	RESULT_WHALE,
	RESULT_CLAIMS,
	RESULT_MOVES,
	RESULT_MOVERS
};

/* Rows are ranked as they are now and, where movement is asked for, as they
 * were at an earlier time. */
enum side { NOW, THEN, SIDES };

/* The columns that every scheme has, in the row's cells: first of all, then
 * those of the measure and of purchases where they are wanted, then the
 * scheme's own. */
enum { ID, VALUE, DATE, KIND, BASE };
#define COLUMNS_MAX 32
#define NO_COLUMN SIZE_MAX

struct run {
	struct common common;
	struct common scan;		/* of the rows of both sides */
	const struct scheme *scheme;
	const char *cuts, *names, *id, *value;
	struct measure measure;
	bool measured;			/* --measure was given */
	const char *inactive_after;
	int months, days;		/* --inactive-after */
	enum result_kind result;
	const char *leads, *customers, *stages;
	const char *moves, *moves_from;
	const char *claims_file, *tops;
	struct opt_list claims;
	const char *margins_file;
	bool with_purchases;

	bool table;			/* any table, not transactions */
	bool purchases;			/* are to be told apart */
	bool no_visits;			/* the scheme can do without them */
	bool by_day;			/* those of one day being one */
	bool returns;			/* money given back being one, too */
	bool sides[SIDES];
	struct day_range window[SIDES];
	int32_t as_of[SIDES];		/* DAY_NONE: the latest day read */
	/* Columns: `own` is the scheme's first, `extra` the measure's. */
	size_t extra, txn, buyer, own;
	struct input_column column[COLUMNS_MAX];
	size_t columns;
	struct tier_scheme tiers;	/* of the pyramid, or of --cuts */
	struct claims *known;		/* of RESULT_CLAIMS */
	struct margins *margins;	/* of --margins, or NULL */
	char *const *files;		/* that are read, NULL at the end */
	size_t nfiles;
	void *state;			/* the scheme's, from open to close */
	struct service *service;	/* its, where it weighs what that costs */
};

/* ---- what is known of a customer ---- */

/* Entries start zeroed; a scheme's own begins with this one. */
struct customer {
	uint64_t low;		/* the value, 96 bits wide (money_carry) */
	int32_t high;
	int32_t last;		/* day of the last deal + DAY_BIAS; 0: none */
};

/* What one row adds; a scheme's own begins with this one. */
struct line {
	int64_t value;
	int32_t day;
};

/* Days are kept so that 0 is before all of them. */
#define DAY_BIAS (1 - DAY_MIN)

static inline void customer_add(struct customer *c, const struct line *l)
{
	money_carry(&c->low, &c->high, l->value);
	if (l->day > c->last)
		c->last = l->day;
}

static inline void customer_join(struct customer *c, const struct customer *o)
{
	money_carry_sum(&c->low, &c->high, o->low, o->high);
	if (o->last > c->last)
		c->last = o->last;
}

/* ---- customers of one group of --by, or all ---- */

#define TIERS_MAX 64

struct ranking {
	enum side side;			/* THEN is placed after its NOW */
	struct group *customers;
	struct group *purchases;	/* customer NUL purchase, or NULL */
	struct group *days;		/* customer NUL day, or NULL */
	uint32_t *bought;		/* purchases of each entry, or NULL */
	/* Entries from this one on never bought: leads and the like, which
	 * schemes need not see (leads.c). */
	size_t buyers;
	struct prospect *prospect;
	size_t prospects, prospect_cap;

	/* A scheme fills these: first the n that make up the 100 %, by rank,
	 * then the `outside` others, in the order of output. */
	struct ranked *at;
	unsigned char *tier;		/* of each, a number of name[] */
	size_t n, outside;
	struct text name[TIERS_MAX];	/* the tiers, the highest first */
	size_t names, statuses;		/* the last are those outside */
	size_t placed;			/* names that the scheme gave */
	money_wide total;		/* of the n */
	void *own;			/* the scheme's; kept, as all of it */
	void **kept;			/* see ranking_keep() */
	size_t nkept, kept_cap;
	struct standings *then;		/* what is compared with, or NULL */
};

/*
 * Splits the entries into those with a deal since the day `since` (DAY_NONE:
 * everybody), ranked by value, and the rest, by id: at, n, outside, total.
 * `tier` has room for all and is left to the scheme.
 */
void ranking_rank(struct ranking *, int32_t since);
/* Memory that is freed with the ranking; gives it back. */
void *ranking_keep(struct ranking *, void *);
/* Adds the names of the tiers to those there are. */
void ranking_name(struct ranking *, const struct tier_scheme *);
/* Entries of `who` in r[0..n) are put in the order of their ids. */
void ranking_by_id(struct ranked *, size_t n, struct group *customers);
/* The number of the name of a tier outside the 100 %, made when new. */
unsigned char ranking_status(struct ranking *, struct text name);
/* How concentrated the whole is, is asked of everybody, by value. */
bool ranks_everybody(const struct run *);
/* The first day of a deal that keeps a customer active. */
int32_t active_since(const struct run *, int32_t as_of);
void ranking_release(struct ranking *);

/* ---- schemes ---- */

/*
 * A way of placing customers. It must not depend on the order in which rows
 * came, nor on how they were shared out among lanes: sums, minima, maxima.
 */
/* Columns of a scheme's own, behind the contract's. */
struct scheme_columns {
	const struct output_column *column;
	size_t n;
	/* Of customer i of the ranking, or of its tier i. */
	void (*put)(const struct run *, const struct ranking *, size_t i,
		    struct output *);
};

struct scheme {
	const char *name;		/* of --scheme */
	/* Tables of options that go with it, some of them with others too. An
	 * option is unset while it is NULL, false or 0. */
	struct optuse uses;

	/* Reading. Columns beyond the base, read at run->own + i. */
	const struct input_column *column;
	size_t columns;
	bool purchases;			/* ranking.bought is wanted */
	/* What a row says of its purchase: the greatest stands in the entry
	 * (int64_t, 0 at first) of ranking.purchases. NULL: nothing. */
	int64_t (*purchase)(const struct run *, const struct cell *);
	size_t entry_size, line_size;	/* 0: struct customer, struct line */
	/* Completes the line from the scheme's cells; false: too large.
	 * NULL: nothing to do. */
	bool (*line)(const struct run *, const struct cell *, void *line);
	group_fold *fold;		/* NULL: customer_add() */
	/* Adds what another lane knows of a customer. NULL: the customer. */
	void (*join)(void *entry, const void *other);

	/* Before the first row: checks options, reads files of its own. */
	void (*open)(struct run *);
	/* Last but for the result itself: closes files of its own. */
	void (*close)(struct run *);
	/* After the last row. `as_of`: DAY_NONE when there is no day. */
	void (*place)(const struct run *, struct ranking *, int32_t as_of);

	/* In a customer's row (of those who bought), and in a tier's (of those
	 * that place() named). */
	struct scheme_columns more, tier_more;
};

extern const struct scheme scheme_pyramid, scheme_metal, scheme_mvc, scheme_key,
	scheme_rfm;

/* For scheme.open, where the ranking is not by value: wrong usage when a
 * result is asked for that wants it to be (--concentration and its like). */
void need_value_order(const struct run *);
/* For scheme.open: run->tiers by --cuts and --names, else as they are by
 * default. True when they are the user's own. */
bool tiers_choose(struct run *, const struct tier_scheme *otherwise);

/* All of them, NULL at the end; and their options. */
extern const struct scheme *const schemes[];
extern const struct optuse *const schemes_uses[];

/* ---- files beside the rows (side.c) ---- */

/*
 * A file that an option names. It must be sound: its first bad row ends the
 * run. With a schema the window (--since, --until, --period) is kept to.
 * `common` lives as long as the input; side_common() alone makes it.
 */
void side_common(struct common *, const char *path);
struct input *side_open(const struct run *, struct common *, const char *path,
			const struct schema *, const struct input_column *,
			size_t n);
/* The path of a file of one's own (with a slash, or ending in .csv), else of
 * a shipped PREFIXWORD.csv; the caller frees it. */
char *side_path(const char *option, const char *word, const char *prefix);
/* A file that is written beside the result; told to be apart from all others.
 * Columns as in output_open(). */
struct output *side_create(const struct run *, struct common *,
			   const char *option, const char *path,
			   const struct output_column *, size_t n);
/* The column of such a file by which customers are told apart. */
const char *side_id(const struct run *);
/* Ends the run: the row of a side file is wrong. */
_Noreturn void side_refuse(const struct row *, const char *why);
/* A cell that outlives its row. */
struct text side_keep(struct arena *, const struct cell *);

/* ---- reading (prepare.c, read.c, purchases.c) ---- */

/* What was read: of each group of --by its customers. */
struct lane;

/* What tells the row's purchase from others of its customer; empty: none. */
struct text row_purchase(const struct run *, const struct cell *);
/* scheme.line: a table without dates has deals all the same. */
bool line_without_day(const struct run *, const struct cell *, void *line);
/* Keeps the row's purchase and day, as far as they are wanted; `key` is for
 * its use. */
void purchases_add(const struct run *, struct ranking *, const struct cell *,
		   struct buf *key);
/* After the last row: ranking.bought, and values that are numbers of them. */
void purchases_count(const struct run *, struct ranking *);

/* Of a label of --by; made when new. */
struct ranking *lane_ranking(struct lane *, enum side, size_t label);
/* The latest day among the rows of a side; DAY_NONE. */
int32_t lane_last_day(const struct lane *, enum side);
void lane_free(struct lane *);

/* Which columns the run reads, of which days: the second half of run. */
void read_prepare(struct run *);
/* Reads all rows; the lane that knows all. */
struct lane *read_all(const struct run *, struct input *, struct by *);

/* ---- measures (measure.c) ---- */

/* "amount", "margin", ... or a column; dies on one that is no number. */
struct measure measure_parse(const char *);
/* "12" or "12m" months, "90d" days; dies on anything else. */
void inactive_parse(struct run *);

/* ---- who never bought (leads.c) ---- */

struct prospect {
	unsigned char state;	/* enum prospect_state */
	struct text lead;	/* the first of its leads, or empty */
};

/* A key of customers that is no customer's: a lead's. */
static inline bool id_is_lead(struct text key)
{
	return key.n && key.p[0] == '\0';
}

struct leads;
/* The customer that a lead has become by now; empty: none. */
struct text leads_customer(const struct leads *, struct text lead);
/* Reads --leads and --customers, after lane_finish(). NULL: none asked. */
struct leads *leads_read(const struct run *, struct lane *, struct by *);
/* After the scheme's place(). */
void leads_place(struct ranking *);
void leads_free(struct leads *);

/* ---- where customers stood (standings.c) ---- */

struct standing {
	int64_t value;
	int64_t bought;		/* purchases; -1: not known */
	unsigned char tier;	/* a number of name[] */
};

struct standings {
	struct group *who;	/* of struct standing */
	struct text name[TIERS_MAX];
	size_t names;
	struct arena arena;
};

/* Of a ranking that was placed. */
struct standings *standings_of(const struct ranking *);
/* Of a file that crm-tier wrote: one for each label of --by, by number. */
struct standings **standings_read(const struct run *, struct by *,
				  const struct leads *);
void standings_free(struct standings *);

/* ---- claims (claims.c) ---- */

/* The claims that ship, or those of --claims-file, and those of --claim. */
struct claims *claims_open(const struct run *);
void claims_close(struct claims *);

/* Dies when --top is no list of percentages (concentration.c). */
void tops_check(const char *list);

/* ---- results ---- */

struct output *result_open(const struct run *, const struct by *);
void result_write(const struct run *, const struct by *, size_t label,
		  const struct ranking *, struct output *);

enum col_type unit_type(enum unit);
void put_value(const struct run *, struct output *, int64_t value);
void put_wide(const struct run *, struct output *, money_wide value);
/* value / n, rounded to the fen; a real number of what is counted */
void put_mean(const struct run *, struct output *, money_wide value, size_t n);
enum col_type mean_type(enum unit);

void put_empty(struct output *, size_t n);
/* Empty for a lead that is no customer. */
void put_id(const struct ranking *, uint32_t who, struct output *);

#define RESULT_WRITER(name) \
	void name(const struct run *, const struct by *, size_t label, \
		  const struct ranking *, struct output *)
RESULT_WRITER(customers_write);
RESULT_WRITER(tiers_write);
RESULT_WRITER(concentration_write);
RESULT_WRITER(curve_write);
RESULT_WRITER(whale_write);
RESULT_WRITER(claims_write);
RESULT_WRITER(moves_write);
RESULT_WRITER(movers_write);

#endif
