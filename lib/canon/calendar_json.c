/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Business calendars from JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/share.h"
#include "canon/calendar_json.h"
#include "canon/json_doc.h"
#include "stream/input.h"

static struct calendar_hours hours_of(const struct json_doc *d,
				      const struct json_value *v,
				      const char *place)
{
	struct calendar_hours h = { 0 };
	struct json_list list;

	if (v->kind != JSON_NESTED)
		json_doc_refuse(d, place, "not a list of spans");
	json_doc_list(d, v->text, place, &list);
	if (list.n > CALENDAR_SPANS)
		json_doc_refuse(d, place, "too many spans");
	for (; h.n < list.n; h.n++) {
		struct text span = json_doc_plain(d, list.item[h.n], place);

		if (!calendar_span_parse(span, &h.span[h.n]))
			json_doc_refuse(d, place,
					"a span is written 08:30-18:00");
	}
	json_list_release(&list);
	return h;
}

static void set_week(const struct json_doc *d, struct calendar *cal,
		     struct text week)
{
	enum { DAYS = 7 };
	static const struct json_key keys[DAYS] = {
		{ "mon", JSON_NESTED, false }, { "tue", JSON_NESTED, false },
		{ "wed", JSON_NESTED, false }, { "thu", JSON_NESTED, false },
		{ "fri", JSON_NESTED, false }, { "sat", JSON_NESTED, false },
		{ "sun", JSON_NESTED, false },
	};
	struct json_value v[DAYS];
	struct jsonin *hold;

	json_doc_object(d, week, "week", keys, DAYS, v, &hold);
	for (int i = 0; i < DAYS; i++) {
		struct calendar_hours h;

		if (v[i].kind == JSON_ABSENT)
			continue;
		h = hours_of(d, &v[i], keys[i].name);
		if (!calendar_set_weekday(cal, i + 1, &h))
			json_doc_refuse(d, keys[i].name,
					"spans overlap or are out of order");
	}
	jsonin_free(hold);
}

/* The keys are dates, so there is no table of them. */
static void set_days(const struct json_doc *d, struct calendar *cal,
		     struct text days)
{
	struct jsonin *in = jsonin_new();
	const struct json_value *v;
	struct json_fault fault;

	if (!jsonin_parse(in, days, true, &v, &fault))
		json_doc_refuse(d, "days", reason_sentence(fault.reason));
	for (size_t i = 0; i < jsonin_columns(in); i++) {
		struct text key = jsonin_key(in, i);
		char place[DAY_BYTES + 1];
		struct calendar_hours h;
		int32_t day;

		if (!day_parse(key, &day))
			json_doc_refuse(d, "days", "a day is written "
						   "2025-10-01");
		snprintf(place, sizeof(place), "%.*s", (int)key.n, key.p);
		h = hours_of(d, &v[i], place);
		if (!calendar_set_day(cal, day, &h))
			json_doc_refuse(d, place, "spans overlap or are out of "
						  "order, or the day is given "
						  "twice");
	}
	jsonin_free(in);
}

/* ---- lists of holidays ---- */

enum { DAY, KIND, ZH, EN, LIST_COLUMNS };

struct holidays {
	struct calendar *cal;
	const struct calendar_hours *makeup;	/* NULL: none given */
	int32_t *own;				/* days that this list set */
	size_t n, cap;
};

/* A shipped list, or a file where the calendar is. */
static char *find_list(const struct json_doc *d, struct text name)
{
	const char *slash = strrchr(d->name, '/');
	struct buf path = { 0 };
	char *found;

	if (!memchr(name.p, '/', name.n) && !text_ends(name, ".csv")) {
		buf_addf(&path, "%.*s.csv", (int)name.n, name.p);
		found = share_path(path.p);
		buf_release(&path);
		if (access(found, R_OK) < 0)
			json_doc_refuse(d, "holidays", "no such list is "
				"shipped; a file's name ends in .csv");
		return found;
	}
	if (slash && name.p[0] != '/')
		buf_add(&path, d->name, (size_t)(slash - d->name) + 1);
	buf_addt(&path, name);
	found = mem_strdup(path.p);
	buf_release(&path);
	return found;
}

static bool set_before(const struct holidays *h, int32_t day)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->own[i] == day)
			return true;
	return false;
}

/* Hours of a day that is worked to make up for a holiday. */
static const struct calendar_hours *makeup_hours(const struct holidays *h,
						 int32_t day)
{
	const struct calendar_hours *own =
		calendar_weekday(h->cal, day_weekday(day));

	if (h->makeup)
		return h->makeup;
	return own->n > 0 ? own : calendar_weekday(h->cal, 1);
}

static void take_day(struct holidays *h, struct input *in,
		     const struct cell *cell)
{
	static const struct calendar_hours none = { .n = 0 };
	bool workday = text_is(cell[KIND].text, "workday");
	int32_t day = cell[DAY].day;

	if (!workday && !text_is(cell[KIND].text, "holiday")) {
		input_reject(in, KIND, REASON_BAD_VALUE,
			     "neither holiday nor workday");
		return;
	}
	if (calendar_is_set(h->cal, day)) {
		if (set_before(h, day))
			input_reject(in, DAY, REASON_BAD_VALUE,
				     "the same day twice in the list");
		return;
	}
	calendar_set_named(h->cal, day, workday ? makeup_hours(h, day) : &none,
			   workday ? CALENDAR_MAKEUP : CALENDAR_HOLIDAY,
			   cell[EN].text, cell[ZH].text);
	h->own = mem_grow(h->own, h->n, &h->cap, sizeof(*h->own));
	h->own[h->n++] = day;
}

static void read_list(struct holidays *h, char *path)
{
	static const struct input_column columns[LIST_COLUMNS] = {
		[DAY] = { "day", COL_DAY, INPUT_FILLED },
		[KIND] = { "kind", COL_TEXT, INPUT_FILLED },
		[ZH] = { "zh", COL_TEXT, INPUT_OPTIONAL },
		[EN] = { "en", COL_TEXT, INPUT_OPTIONAL },
	};
	char *files[] = { path, NULL };
	struct common common;
	struct input *in;
	struct row row;

	common_beside(&common);
	in = input_open(&common, NULL, columns, LIST_COLUMNS, files, 1);
	h->n = 0;
	while (input_next(in, &row))
		take_day(h, in, row.cell);
	input_close(in, 0);
}

/* The last list first: what it has set stays. */
static void set_holidays(const struct json_doc *d, struct calendar *cal,
			 const struct json_value *v,
			 const struct calendar_hours *makeup)
{
	struct holidays h = { .cal = cal, .makeup = makeup };
	struct json_list list = { &(struct text){ v->text.p, v->text.n }, 1 };
	bool one = v->kind == JSON_STRING;

	if (!one && v->kind != JSON_NESTED)
		json_doc_refuse(d, "holidays", "neither a name nor a list of "
					       "names");
	if (!one)
		json_doc_list(d, v->text, "holidays", &list);
	for (size_t i = list.n; i-- > 0;) {
		char *path = find_list(d, one ? list.item[i] :
						json_doc_plain(d, list.item[i],
							       "holidays"));

		read_list(&h, path);
		free(path);
	}
	if (!one)
		json_list_release(&list);
	free(h.own);
}

static void set_zone(struct calendar *cal, const struct place *place)
{
	size_t n;
	const struct instant_change *change;

	if (!place)
		return;
	change = place_changes(place, &n);
	calendar_set_zone(cal, change, n);
}

struct calendar *calendar_json_read(const char *name,
				    const struct place *place)
{
	enum { NAME, NOTE, WEEK, HOLIDAYS, MAKEUP, DAYS, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, false },
		[NOTE] = { "note", JSON_STRING, false },
		[WEEK] = { "week", JSON_NESTED, true },
		[HOLIDAYS] = { "holidays", JSON_ABSENT, false },
		[MAKEUP] = { "makeup", JSON_NESTED, false },
		[DAYS] = { "days", JSON_NESTED, false },
	};
	struct calendar *cal = calendar_new();
	struct calendar_hours makeup = { 0 };
	struct json_doc d = { .tell = NULL };
	struct json_value v[N];
	struct jsonin *hold;

	json_doc_read(&d, name, "calendar");
	json_doc_object(&d, buf_text(&d.bytes), "the calendar", keys, N, v,
			&hold);
	set_week(&d, cal, v[WEEK].text);
	if (v[DAYS].kind != JSON_ABSENT)
		set_days(&d, cal, v[DAYS].text);
	if (v[MAKEUP].kind != JSON_ABSENT)
		makeup = hours_of(&d, &v[MAKEUP], "makeup");
	if (!calendar_hours_fine(&makeup))
		json_doc_refuse(&d, "makeup",
				"spans overlap or are out of order");
	if (v[HOLIDAYS].kind != JSON_ABSENT)
		set_holidays(&d, cal, &v[HOLIDAYS],
			     makeup.n > 0 ? &makeup : NULL);
	if (calendar_next(cal, 0) == CALENDAR_NEVER)
		json_doc_refuse(&d, "the calendar", "no day has any hours");
	set_zone(cal, place);
	jsonin_free(hold);
	json_doc_release(&d);
	return cal;
}
