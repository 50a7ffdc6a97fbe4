/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Business calendars from JSON. */
#include <stdio.h>

#include "base/day.h"
#include "base/msg.h"
#include "canon/calendar_json.h"
#include "canon/json_doc.h"

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

struct calendar *calendar_json_read(const char *name)
{
	enum { NAME, NOTE, WEEK, DAYS, N };
	static const struct json_key keys[N] = {
		[NAME] = { "name", JSON_STRING, false },
		[NOTE] = { "note", JSON_STRING, false },
		[WEEK] = { "week", JSON_NESTED, true },
		[DAYS] = { "days", JSON_NESTED, false },
	};
	struct json_doc d;
	struct json_value v[N];
	struct jsonin *hold;
	struct calendar *cal = calendar_new();

	json_doc_read(&d, name, "calendar");
	json_doc_object(&d, buf_text(&d.bytes), "the calendar", keys, N, v,
			&hold);
	set_week(&d, cal, v[WEEK].text);
	if (v[DAYS].kind != JSON_ABSENT)
		set_days(&d, cal, v[DAYS].text);
	jsonin_free(hold);
	json_doc_release(&d);
	return cal;
}
