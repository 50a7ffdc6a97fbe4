/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checked, made durable, acknowledged. */
#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/msg.h"
#include "canon/personal.h"

#include "cmd/complaint/entry.h"

/* ---- what a turn at the log asks for ---- */

static struct caselog *open_log(void *entry, enum caselog_mode mode)
{
	struct entry *e = entry;

	caselist_open(&e->list, mode, INT64_MAX);
	return e->list.log;
}

/* With -n all cases are known: there is no lock under which the index could
 * be asked. */
static void read_log(void *entry)
{
	struct entry *e = entry;

	if (e->common.dry_run)
		caselist_catch_up(&e->list);
	else
		known_hold(&e->known);
}

static void committed(void *entry)
{
	struct entry *e = entry;

	known_committed(&e->known);
}

/* ---- opening and closing ---- */

void entry_open(struct entry *e, const struct common *common,
		const struct caselist_kind *kind, const char *path,
		const char *workflow)
{
	const struct output_column columns[LOGTURN_COLUMNS] = {
		{ kind->id, COL_TEXT },	   { "seq", COL_INT },
		{ kind->event, COL_TEXT }, { "state", COL_TEXT },
	};

	*e = (struct entry){ .common = *common };
	e->known = (struct known){ .list = &e->list, .jobs = common->jobs,
				   .whole = common->dry_run };
	/* One event after another: a second thread would hardly be started
	 * when all is done, and starting it is a tenth of the time. */
	if (common->jobs == 0)
		e->common.jobs = 1;
	e->list.kind = kind;
	e->list.path = path;
	e->list.workflow_asked = workflow;
	/* The log keeps one workflow from its first event to its last. */
	e->list.own_only = true;
	e->list.place = place_new(common);
	e->turn = (struct logturn){ .common = &e->common, .path = path,
				    .open = open_log, .read = read_log,
				    .committed = committed, .ctx = e };
	logturn_open(&e->turn, columns);
}

/* What was changed, and what is of no effect, is told. */
static void tell(const struct entry_oddities *o)
{
	if (o->masks)
		warn("%llu phone or identity number%s in texts: masked, the "
		     "log knows people by customer_id only",
		     (unsigned long long)o->masks, o->masks == 1 ? "" : "s");
	if (o->scenes)
		warn("%llu event%s with a scene that no code stands for: kept, "
		     "but no severity follows from it (see crm-complaint "
		     "codes scene)", (unsigned long long)o->scenes,
		     o->scenes == 1 ? "" : "s");
}

int entry_close(struct entry *e)
{
	int status;

	if (!e->common.dry_run)
		known_end(&e->known, e->common.verbose);
	status = logturn_close(&e->turn);
	tell(&e->all);
	caselist_close(&e->list);
	place_free(e->list.place);
	buf_release(&e->members);
	buf_release(&e->masked);
	return status;
}

/* ---- members ---- */

static bool is_one_of(struct text name, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(name, words[i]))
			return true;
	return false;
}

const char *entry_unfit(struct text name)
{
	/* Who a person is stands in the customers' file; the log has the id. */
	static const char *const personal[] = {
		"name", "phone", "phone_alt", "id_no", "email", "wechat",
		"qq", "address", "birth_date",
	};
	static const char *const made[] = { "seq", "log", "workflow", "torn",
					    "sum" };

	if (is_one_of(name, personal, NELEMS(personal)))
		return "does not belong in the log, which knows people by "
		       "customer_id only; leave it out";
	if (is_one_of(name, made, NELEMS(made)))
		return "is one that the log makes itself; leave it out";
	return NULL;
}

void entry_begin(struct entry *e)
{
	buf_clear(&e->members);
	e->now = (struct entry_oddities){ .masks = 0 };
}

bool entry_is_written(struct text name)
{
	static const char *const written[] = { "object", "content", "demand",
					       "solution", "note", "issue",
					       "measure" };

	return is_one_of(name, written, NELEMS(written));
}

void entry_put_words(struct entry *e, struct text name, struct text t)
{
	if (t.n == 0)
		return;
	if (personal_find(t, 0).kind != PERSONAL_NONE) {
		buf_clear(&e->masked);
		e->now.masks += personal_mask(&e->masked, t);
		t = buf_text(&e->masked);
	}
	caselog_put_text(&e->members, name, t);
}

void entry_put_text(struct entry *e, struct text name, struct text t)
{
	if (t.n == 0)
		return;
	if (entry_is_written(name)) {
		entry_put_words(e, name, t);
		return;
	}
	if (text_is(name, "scene") && !scenes_know(&e->list.scenes, t))
		e->now.scenes++;
	caselog_put_text(&e->members, name, t);
}

void entry_put_instant(struct entry *e, struct text name, int64_t us)
{
	char at[INSTANT_BYTES];
	size_t n = instant_format(us, place_zone(e->list.place, us), at);

	caselog_put_text(&e->members, name, (struct text){ at, n });
}

void entry_put_money(struct entry *e, struct text name, int64_t fen)
{
	char money[MONEY_MAX_BYTES];

	caselog_put_plain(&e->members, name,
			  (struct text){ money, money_format(fen, money) });
}

bool entry_fits(const struct entry *e)
{
	/* Room for what the first event has besides. */
	return e->members.n <= CASELOG_MEMBERS_MAX - 1024;
}

/* ---- the log ---- */

void entry_hold(struct entry *e)
{
	logturn_hold(&e->turn);
	caselist_begin(&e->list);
}

/* Brings in the case. An index that is damaged is given up: what was added
 * goes into the log, and the next look is at the whole of it. */
static void know(struct entry *e, struct text case_id)
{
	while (!known_case(&e->known, case_id)) {
		entry_commit(e);
		entry_hold(e);
	}
}

bool entry_has_case(struct entry *e, struct text case_id)
{
	size_t i;

	know(e, case_id);
	return casework_find(e->list.cases, case_id, &i);
}

static uint64_t add_to_log(struct entry *e)
{
	struct caselist *l = &e->list;
	struct text name = workflow_name(l->workflow);
	struct buf first = { 0 };
	uint64_t seq;

	if (e->common.dry_run || caselog_state(l->log).seq > 0)
		return logturn_add(&e->turn, buf_text(&e->members));
	/* The first event says what the log was made with. */
	caselog_put_text(&first, TEXT("workflow"), name);
	buf_addc(&first, ',');
	buf_addt(&first, buf_text(&e->members));
	seq = logturn_add(&e->turn, buf_text(&first));
	buf_release(&first);
	l->own_workflow = name;
	return seq;
}

static void acknowledge(struct entry *e, const struct casework_event *ev,
			int state, uint64_t seq)
{
	const struct workflow *w = e->list.workflow;
	int event = workflow_find_event(w, ev->event);
	char number[24];
	const struct text cell[LOGTURN_COLUMNS] = {
		ev->case_id,
		{ number, text_putf(number, sizeof(number), "%llu",
				    (unsigned long long)seq) },
		workflow_event(w, event)->name, workflow_state(w, state)->name,
	};

	logturn_wait(&e->turn, cell);
}

enum casework_verdict entry_add(struct entry *e,
				const struct casework_event *ev, int *state)
{
	enum casework_verdict verdict;
	uint64_t seq;

	know(e, ev->case_id);
	verdict = casework_add(e->list.cases, ev, state);
	if (verdict != CASEWORK_FINE)
		return verdict;
	e->all.masks += e->now.masks;
	e->all.scenes += e->now.scenes;
	seq = add_to_log(e);
	known_added(&e->known, ev->case_id);
	acknowledge(e, ev, *state, seq);
	return verdict;
}

void entry_commit(void *entry)
{
	struct entry *e = entry;

	logturn_commit(&e->turn);
}
