/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cells of every kind: what is read keeps to its room, is what it is when it
 * is read again, and dates and money are such for the streams' own readers;
 * short cuts give what the judge gives.
 * First byte: the kind; second: rules; the rest: the cell.
 */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/utf8.h"
#include "canon/memo.h"
#include "tests/fuzz/fuzz.h"

static void check_type(enum field_kind kind, struct text t)
{
	int64_t v;
	int32_t day;

	if (t.n == 0)
		return;
	must(utf8_bad(t.p, t.n) == t.n);
	if (kind == FIELD_MONEY)
		must(money_parse(t, &v));
	if (kind == FIELD_DAY)
		must(day_parse(t, &day));
	if (kind == FIELD_INSTANT)
		must(instant_parse(t, 0, &v));
}

static void check_flags(enum field_kind kind, struct text t)
{
	struct reading_doubts d = { 0 };
	struct buf flags = { 0 };

	d.phone = kind == FIELD_PHONE ? t : d.phone;
	d.vin = kind == FIELD_VIN ? t : d.vin;
	d.plate_no = kind == FIELD_PLATE ? t : d.plate_no;
	d.id_no = kind == FIELD_IDNO ? t : d.id_no;
	d.email = kind == FIELD_EMAIL ? t : d.email;
	reading_flags(&flags, &d);
	buf_release(&flags);
}

static void must_be_same(const struct reading *a, const struct reading *b)
{
	must(text_eq(a->text, b->text) && text_eq(a->more, b->more));
	must(a->gender == b->gender && a->firm == b->firm);
	must(a->birth == b->birth && a->likert == b->likert);
	must(a->text.n == 0 || (a->when.day == b->when.day &&
				a->when.second == b->when.second &&
				a->when.micro == b->when.micro));
}

/* Short cuts: seen at once, and remembered. */
static void check_short_cuts(struct text raw,
			     const struct reading_column *column,
			     const struct reading_rules *rules)
{
	char *to = mem_alloc(READING_ROOM(raw.n), 1);
	char *room = mem_alloc(READING_ROOM(raw.n), 1);
	struct memo *memo = memo_new();
	struct reading want, got;
	enum reason reason = reading_judge(raw, column, rules, to, &want);

	must(reading_take(raw, column, rules, room, &got) == reason);
	if (!reason)
		must_be_same(&got, &want);
	for (int i = 0; i < 2; i++) {
		must(memo_take(memo, raw, column, rules, room, &got) ==
		     reason);
		if (!reason)
			must_be_same(&got, &want);
	}
	memo_free(memo);
	free(room);
	free(to);
}

/* The other numbers of a cell stand in a column of their own, and are read
 * there as they are. */
static void check_more(struct text more, const struct reading_column *column,
		       const struct reading_rules *rules)
{
	struct reading once, twice;
	struct buf all = { 0 };
	char *room, *again;

	if (more.n == 0)
		return;
	room = mem_alloc(READING_ROOM(more.n), 1);
	must(!reading_take(more, column, rules, room, &once));
	buf_addt(&all, once.text);
	if (once.more.n) {
		buf_addc(&all, '/');
		buf_addt(&all, once.more);
	}
	again = mem_alloc(READING_ROOM(all.n), 1);
	must(!reading_take(buf_text(&all), column, rules, again, &twice));
	must(text_eq(once.text, twice.text));
	must(text_eq(once.more, twice.more));
	buf_release(&all);
	free(room);
	free(again);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct reading_rules rules = { .zone_minutes = 480 };
	struct reading_column column = { 0 };
	struct reading once, twice;
	struct text raw;
	char *room, *more;

	if (size < 2)
		return 0;
	column.kind = (enum field_kind)(data[0] % (FIELD_YESNO + 1));
	column.in_wan = data[1] & 8;
	rules.dates = (enum when_order)(data[1] & 3);
	rules.serials = data[1] & 4;
	raw = (struct text){ (const char *)data + 2, size - 2 };
	raw.n = utf8_bad(raw.p, raw.n);
	check_short_cuts(raw, &column, &rules);
	room = mem_alloc(READING_ROOM(raw.n), 1);
	if (!reading_take(raw, &column, &rules, room, &once)) {
		check_type(column.kind, once.text);
		check_flags(column.kind, once.text);
		column.in_wan = false;
		more = mem_alloc(READING_ROOM(once.text.n), 1);
		must(!reading_take(once.text, &column, &rules, more, &twice));
		must(text_eq(once.text, twice.text));
		check_more(once.more, &column, &rules);
		if (column.kind == FIELD_DAY || column.kind == FIELD_INSTANT)
			must(once.text.n == 0 || once.when.day == twice.when.day);
		free(more);
	}
	free(room);
	return 0;
}
