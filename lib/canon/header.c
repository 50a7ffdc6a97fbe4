/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers: one form, then tables. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/group.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "base/utf8.h"
#include "canon/header.h"
#include "canon/question.h"
#include "stream/csv_in.h"

#define HEADER_LONGEST 200	/* bytes; longer cells are no words of ours */

static const char *const kinds[] = {
	[EXPORT_CUSTOMER] = "customer",	  [EXPORT_VEHICLE] = "vehicle",
	[EXPORT_SALE] = "sale",		  [EXPORT_SERVICE] = "service",
	[EXPORT_COMPLAINT] = "complaint", [EXPORT_SURVEY] = "survey",
	[EXPORT_LEAD] = "lead",		  [EXPORT_COMMON] = "common",
};

/* What a kind of export carries along, in the order of asking; ends at
 * COMMON. */
static const enum export carried[][5] = {
	[EXPORT_CUSTOMER] = { EXPORT_VEHICLE, EXPORT_SALE, EXPORT_COMMON },
	[EXPORT_VEHICLE] = { EXPORT_CUSTOMER, EXPORT_SALE, EXPORT_SERVICE,
			     EXPORT_COMMON },
	[EXPORT_SALE] = { EXPORT_VEHICLE, EXPORT_CUSTOMER, EXPORT_COMMON },
	[EXPORT_SERVICE] = { EXPORT_VEHICLE, EXPORT_CUSTOMER, EXPORT_COMMON },
	[EXPORT_COMPLAINT] = { EXPORT_VEHICLE, EXPORT_CUSTOMER, EXPORT_SERVICE,
			       EXPORT_SALE, EXPORT_COMMON },
	[EXPORT_SURVEY] = { EXPORT_VEHICLE, EXPORT_CUSTOMER, EXPORT_SERVICE,
			    EXPORT_SALE, EXPORT_COMMON },
	[EXPORT_LEAD] = { EXPORT_CUSTOMER, EXPORT_VEHICLE, EXPORT_SALE,
			  EXPORT_COMMON },
	[EXPORT_COMMON] = { EXPORT_COMMON },
};

const char *export_name(enum export kind)
{
	return kinds[kind];
}

const char *header_rule_name(enum header_rule rule)
{
	static const char *const name[] = {
		[HEADER_UNKNOWN] = "unknown", [HEADER_COL] = "--col",
		[HEADER_MAP] = "--map",	      [HEADER_ALIAS] = "alias",
		[HEADER_COMMON] = "common",   [HEADER_CARRIED] = "carried",
		[HEADER_NAME] = "name",	      [HEADER_REPEATED] = "repeated",
	};

	return name[rule];
}

/* What the user said of one header. */
struct said {
	struct text header;	/* folded */
	struct text written;	/* as the user wrote it */
	struct text name;
	enum header_rule rule;
	bool used;
};

struct aliases {
	struct group *table;	/* alias, 0x1f, kind -> a struct entry */
	struct said *said;
	size_t nsaid, saidcap;
	struct arena texts;
};

struct entry {
	size_t field;
};

/* Line breaks inside a header and other control bytes, too. */
static bool is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

void header_fold(struct buf *to, struct text header)
{
	struct buf folded = { 0 };
	size_t from = 0, n;

	utf8_fold(&folded, header);
	n = folded.n;
	while (from < n && (folded.p[from] == '*' || is_blank(folded.p[from])))
		from++;
	while (n > from &&
	       (folded.p[n - 1] == ':' || is_blank(folded.p[n - 1])))
		n--;
	for (; from < n; from++) {
		char c = folded.p[from];

		if (!is_blank(c))
			buf_addc(to, ascii_lower(c));
	}
	buf_add(to, "", 0);
	buf_release(&folded);
}

/* ---- the table ---- */

static void put_key(struct buf *key, struct text alias, enum export kind)
{
	header_fold(key, alias);
	buf_addc(key, '\x1f');
	buf_addc(key, (char)('0' + (int)kind));
}

static const char *add_row(struct aliases *a, const struct text row[3])
{
	struct buf key = { 0 };
	size_t field = field_find(text_trim(row[0]));
	struct entry *entry;
	int kind = -1;

	for (size_t i = 0; i < NELEMS(kinds); i++)
		if (text_is(text_trim(row[2]), kinds[i]))
			kind = (int)i;
	if (field == FIELD_NONE)
		return "no field is called so";
	if (kind < 0)
		return "the stream is none of customer, vehicle, sale, "
		       "service, complaint, survey, lead, common";
	if (text_trim(row[1]).n == 0)
		return "the alias is empty";
	put_key(&key, row[1], (enum export)kind);
	entry = group_entry(a->table, group_intern(a->table, buf_text(&key)));
	entry->field = field;
	buf_release(&key);
	return NULL;
}

static const char *add_record(struct aliases *a, const struct frames *f,
			      size_t i, const char *bytes, struct csvin *csv)
{
	static const char *const names[] = { "canonical", "alias", "stream" };
	const struct framed *rec = &f->rec[i];
	struct text row[3];

	if (rec->fault || rec->fields != 3)
		return "not three columns canonical,alias,stream";
	csvin_begin(csv, rec->stop - rec->start);
	for (size_t k = 0; k < 3; k++) {
		if (!csvin_value(csv, csvin_raw(f, rec, bytes, k), &row[k]))
			return "a quote is not closed";
		if (i == 0 && !text_is(text_trim(row[k]), names[k]))
			return "the header is not canonical,alias,stream";
	}
	return i == 0 ? NULL : add_row(a, row);
}

const char *aliases_add(struct aliases *a, struct text csv, size_t *line)
{
	struct csvin *in = csvin_new(',');
	struct frames frames = { 0 };
	const char *why = NULL;

	if (text_starts(csv, "\xef\xbb\xbf"))
		csv = (struct text){ csv.p + 3, csv.n - 3 };
	if (utf8_bad(csv.p, csv.n) < csv.n || csv.n > ROW_LIMIT)
		why = "not a text in UTF-8 of at most 16 MiB";
	else
		frame_csv(&frames, csv.p, csv.n, ',', true);
	for (size_t i = 0; i < frames.n && !why; i++) {
		*line = frames.rec[i].line + 1;
		why = add_record(a, &frames, i, csv.p, in);
	}
	frames_release(&frames);
	csvin_free(in);
	return why;
}

struct aliases *aliases_empty(void)
{
	struct aliases *a = mem_zalloc(1, sizeof(*a));

	a->table = group_new(sizeof(struct entry), 0, NULL, NULL);
	return a;
}

struct aliases *aliases_new(void)
{
	struct aliases *a = aliases_empty();
	struct buf csv = { 0 };
	const char *why;
	size_t line = 0;

	share_read("header-aliases.csv", &csv);
	why = aliases_add(a, buf_text(&csv), &line);
	if (why)
		bug("header-aliases.csv:%zu: %s", line, why);
	buf_release(&csv);
	return a;
}

void aliases_free(struct aliases *a)
{
	if (!a)
		return;
	group_free(a->table);
	free(a->said);
	arena_release(&a->texts);
	free(a);
}

/* ---- the user's word ---- */

static struct text keep(struct aliases *a, struct text t)
{
	return (struct text){ arena_copy(&a->texts, t.p, t.n), t.n };
}

void aliases_say(struct aliases *a, struct text header, struct text name,
		 enum header_rule rule)
{
	struct buf folded = { 0 };

	header_fold(&folded, header);
	a->said = mem_grow(a->said, a->nsaid, &a->saidcap, sizeof(*a->said));
	a->said[a->nsaid++] = (struct said){ keep(a, buf_text(&folded)),
					     keep(a, header), keep(a, name),
					     rule, false };
	buf_release(&folded);
}

struct text aliases_unused(const struct aliases *a)
{
	for (size_t i = 0; i < a->nsaid; i++)
		if (!a->said[i].used)
			return a->said[i].written;
	return (struct text){ 0 };
}

/* The last word counts, --col before --map. */
static bool by_user(const struct aliases *a, struct text folded,
		    struct header_match *m)
{
	struct said *best = NULL;

	for (size_t i = 0; i < a->nsaid; i++) {
		struct said *s = &a->said[i];

		if (!text_eq(s->header, folded))
			continue;
		s->used = true;
		if (!best || s->rule <= best->rule)
			best = s;
	}
	if (!best)
		return false;
	m->rule = best->rule;
	m->field = field_find(best->name);
	if (m->field == FIELD_NONE)
		m->rename = best->name;
	return true;
}

/* ---- looking up ---- */

static size_t look_up(const struct aliases *a, struct buf *folded,
		      enum export kind)
{
	size_t n = folded->n, at;

	buf_addc(folded, '\x1f');
	buf_addc(folded, (char)('0' + (int)kind));
	at = group_find(a->table, buf_text(folded));
	folded->n = n;
	if (at == SIZE_MAX)
		return FIELD_NONE;
	return ((const struct entry *)group_entry(a->table, at))->field;
}

static bool by_table(const struct aliases *a, enum export kind,
		     struct buf *folded, struct header_match *m)
{
	m->via = kind;
	m->rule = HEADER_ALIAS;
	m->field = look_up(a, folded, kind);
	if (m->field != FIELD_NONE)
		return true;
	m->via = EXPORT_COMMON;
	m->rule = HEADER_COMMON;
	m->field = look_up(a, folded, EXPORT_COMMON);
	if (m->field != FIELD_NONE)
		return true;
	m->rule = HEADER_CARRIED;
	for (size_t i = 0; carried[kind][i] != EXPORT_COMMON; i++) {
		m->via = carried[kind][i];
		m->field = look_up(a, folded, m->via);
		if (m->field != FIELD_NONE)
			return true;
	}
	m->rule = HEADER_NAME;
	m->via = EXPORT_COMMON;
	m->field = field_find(buf_text(folded));
	return m->field != FIELD_NONE;
}

/* Cuts a bracket off the end of a folded header; false when there is none. */
static bool cut_bracket(struct buf *folded, bool *in_wan)
{
	static const char *const open[] = { "(", "[", "【" };
	static const char *const close[] = { ")", "]", "】" };
	struct text t = buf_text(folded);

	for (size_t i = 0; i < NELEMS(open); i++) {
		struct text inside;
		size_t at = t.n;

		if (!text_ends(t, close[i]))
			continue;
		while (at > 0 &&
		       !text_starts((struct text){ t.p + at, t.n - at },
				    open[i]))
			at--;
		if (at == 0)
			return false;
		inside = (struct text){ t.p + at, t.n - at };
		*in_wan = text_find(inside, "万") != SIZE_MAX;
		folded->n = at;
		folded->p[at] = '\0';
		return true;
	}
	return false;
}

/* Cuts a question's number off the front of a folded header; false when there
 * is none. */
static bool cut_number(struct buf *folded)
{
	struct text bare = question_bare(buf_text(folded));

	if (bare.n == folded->n)
		return false;
	memmove(folded->p, bare.p, bare.n);
	folded->n = bare.n;
	folded->p[bare.n] = '\0';
	return true;
}

/* By the table without the bracket at the end, else without that and the
 * number in front. */
static bool by_bare(const struct aliases *a, enum export kind,
		    struct buf *folded, struct header_match *m)
{
	if (cut_bracket(folded, &m->in_wan) && by_table(a, kind, folded, m))
		return true;
	return kind == EXPORT_SURVEY && cut_number(folded) &&
	       by_table(a, kind, folded, m);
}

struct header_match header_match(const struct aliases *a, enum export kind,
				 struct text header)
{
	struct header_match m = { .field = FIELD_NONE };
	struct buf folded = { 0 };
	struct text rename;

	header_fold(&folded, header);
	if (by_user(a, buf_text(&folded), &m)) {
		rename = m.rename;
		cut_bracket(&folded, &m.in_wan);
		m.rename = rename;
	} else if (folded.n && !by_table(a, kind, &folded, &m)) {
		m.bare = by_bare(a, kind, &folded, &m);
		if (!m.bare)
			m = (struct header_match){ .field = FIELD_NONE };
	} else {
		/* 里程(km) may be a word of its own: its unit still counts */
		cut_bracket(&folded, &m.in_wan);
	}
	buf_release(&folded);
	return m;
}

struct header_match header_given(struct text header, struct text name)
{
	struct header_match m = { .field = field_find(name),
				  .rule = HEADER_MAP };
	struct buf folded = { 0 };

	if (m.field == FIELD_NONE)
		m.rename = name;
	header_fold(&folded, header);
	cut_bracket(&folded, &m.in_wan);
	buf_release(&folded);
	return m;
}

/* In any kind's words: one look for each kind instead of all its carried. */
static bool in_any(const struct aliases *a, struct buf *folded)
{
	for (size_t kind = 0; kind < NELEMS(kinds); kind++)
		if (look_up(a, folded, (enum export)kind) != FIELD_NONE)
			return true;
	return field_find(buf_text(folded)) != FIELD_NONE;
}

bool header_is_known(const struct aliases *a, struct text header)
{
	struct header_match m;
	struct buf folded = { 0 };
	bool known = false;

	if (header.n == 0 || header.n > HEADER_LONGEST)
		return false;
	header_fold(&folded, header);
	if (folded.n)
		known = by_user(a, buf_text(&folded), &m) ||
			in_any(a, &folded) ||
			(cut_bracket(&folded, &m.in_wan) && in_any(a, &folded));
	buf_release(&folded);
	return known;
}
