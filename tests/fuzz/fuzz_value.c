/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parsers of single values. First byte: which one; second: its options;
 * the rest: the cell, cleaned as its kind asks for. What is canonical is read
 * again as itself and keeps to the room that was promised; what is flagged as
 * kept is kept byte for byte; check digits find what they must.
 */
#include <stdlib.h>
#include <string.h>

#include "base/checksign.h"
#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/utf8.h"
#include "canon/bill.h"
#include "canon/clean.h"
#include "canon/decimal.h"
#include "canon/idno.h"
#include "canon/mask.h"
#include "canon/person.h"
#include "canon/phone.h"
#include "canon/plate.h"
#include "canon/vin.h"
#include "canon/when.h"
#include "tests/fuzz/fuzz.h"

static void must_be_utf8(struct text t)
{
	must(utf8_bad(t.p, t.n) == t.n);
}

static bool are_digits(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] < '0' || p[i] > '9')
			return false;
	return true;
}

/* Memory of exactly n bytes, so that the sanitizers see one too many. */
static char *exactly(size_t n)
{
	return mem_alloc(n ? n : 1, 1);
}

/* ---- telephones ---- */

static bool is_landline(struct text t)
{
	size_t hyphen = text_find(t, "-");

	return t.n <= PHONE_BYTES && t.p[0] == '0' &&
	       (hyphen == 3 || hyphen == 4) && t.n >= hyphen + 8 &&
	       are_digits(t.p + hyphen + 1, 7);
}

static void check_phone(const struct phone *phone)
{
	char room[PHONE_BYTES];
	struct phone again = phone_read(phone->text, room);

	must_be_utf8(phone->text);
	must(phone->kind != PHONE_NONE && phone->text.n > 0);
	must(again.kind == phone->kind && text_eq(again.text, phone->text));
	if (phone->kind == PHONE_MOBILE)
		must(phone->text.n == 11 && are_digits(phone->text.p, 11));
	if (phone->kind == PHONE_LANDLINE)
		must(is_landline(phone->text));
	must(!phone_links(*phone) || phone->kind == PHONE_MOBILE);
	must(!phone_flag(phone->kind) ==
	     (phone->kind == PHONE_MOBILE || phone->kind == PHONE_LANDLINE));
}

/* The numbers one a line: the first stays, the others come once each. */
static void check_settled(const struct phone *phones, size_t n)
{
	struct buf lines = {0}, others = {0};
	struct text best;

	for (size_t i = 0; i < n; i++) {
		buf_addt(&lines, phones[i].text);
		buf_addc(&lines, '\n');
	}
	best = phone_settle(buf_text(&lines), &others);
	if (n == 1 && !memchr(phones[0].text.p, '\n', phones[0].text.n)) {
		must(text_eq(best, phones[0].text));
		must(others.n == 0);
	}
	buf_release(&lines);
	buf_release(&others);
}

static void phone(struct text cell, unsigned options)
{
	char *room = exactly(cell.n);
	char *to = exactly((size_t)PHONE_MAX * PHONE_BYTES);
	struct phone phones[PHONE_MAX];
	size_t n = phone_read_all(clean_code(cell, room), to, phones);

	(void)options;
	must(n <= PHONE_MAX);
	for (size_t i = 0; i < n; i++) {
		check_phone(&phones[i]);
		must(i == 0 || phones[0].kind == PHONE_MOBILE ||
		     phones[i].kind != PHONE_MOBILE);
		for (size_t k = 0; k < i; k++)
			must(!text_eq(phones[k].text, phones[i].text));
	}
	check_settled(phones, n);
	free(room);
	free(to);
}

/* ---- names and words of forms ---- */

static bool is_party(const char *party)
{
	static const char *const parties[] = {"person", "organisation",
					      "dealer", "agency"};

	for (size_t i = 0; i < NELEMS(parties); i++)
		if (party && strcmp(party, parties[i]) == 0)
			return true;
	return !party;
}

static void person(struct text cell, unsigned options)
{
	char *room = exactly(cell.n);
	struct text clean = clean_words(cell, room);
	struct person p = person_read(clean), again = person_read(p.name);
	int gender = person_gender(clean);

	(void)options;
	must_be_utf8(p.name);
	must(p.name.p >= clean.p && p.name.p + p.name.n <= clean.p + clean.n);
	must(text_eq(again.name, p.name));
	must(again.title_only == p.title_only);
	must(p.gender == 0 || p.gender == 'F' || p.gender == 'M');
	must(!p.title_only || !person_links(&p));
	must(gender == 0 || gender == -1 || gender == 'F' || gender == 'M');
	must(is_party(person_party(clean)));
	if (person_is_email(clean))
		must(memchr(clean.p, '@', clean.n) != NULL);
	free(room);
}

/* ---- ID numbers ---- */

static void idno(struct text cell, unsigned options)
{
	char *room = exactly(cell.n);
	struct text key = clean_key(cell, room);
	struct idno id = idno_read(key);
	char other[18];
	size_t at = options % 18;

	must((id.birth != DAY_NONE) ==
	     (id.kind == IDNO_PERSON || id.kind == IDNO_OLD));
	must((id.gender != 0) == (id.birth != DAY_NONE));
	must((key.n == 0) == (id.kind == IDNO_NONE));
	idno_flag(id.kind);
	if (id.kind == IDNO_PERSON) {
		must(key.n == 18 && key.p[17] == checksign_citizen(key.p));
		/* MOD 11-2 finds every single wrong digit. */
		memcpy(other, key.p, sizeof(other));
		other[at] = other[at] == '9' || other[at] == 'X'
				    ? '0'
				    : (char)(other[at] + 1);
		must(idno_read((struct text){other, 18}).kind != IDNO_PERSON);
	}
	free(room);
}

/* ---- vehicles ---- */

static void vin(struct text cell, unsigned options)
{
	char *room = exactly(cell.n);
	struct text key = clean_key(cell, room);
	enum vin_state state = vin_read(key);

	(void)options;
	must((key.n == 0) == (state == VIN_NONE));
	must(!vin_links(state) || key.n == VIN_BYTES);
	must(!vin_flag(state) == (state == VIN_NONE || state == VIN_GOOD));
	if (state == VIN_GOOD)
		must(checksign_vin(key.p) == key.p[8]);
	if (state == VIN_CHECK || state == VIN_UNCHECKED)
		must(checksign_vin(key.p) != key.p[8]);
	free(room);
}

static void plate(struct text cell, unsigned options)
{
	char *room = exactly(cell.n), *to, *more;
	struct text key = clean_key(cell, room), canonical, again;
	enum plate_kind kind;

	(void)options;
	to = exactly(key.n);
	kind = plate_read(key, to, &canonical);
	must_be_utf8(canonical);
	must(canonical.n <= key.n);
	must((canonical.n == 0) == (kind == PLATE_NONE));
	must(kind != PLATE_ODD || text_eq(canonical, key));
	more = exactly(canonical.n);
	must(plate_read(canonical, more, &again) == kind);
	must(text_eq(again, canonical));
	plate_flag(kind);
	free(room);
	free(to);
	free(more);
}

/* ---- dates ---- */

static void must_be_same(struct text t, const struct when *want)
{
	struct when w;

	must(when_read(t, WHEN_ASK, &w) == WHEN_GOOD);
	must(w.day == want->day && w.second == want->second);
	must(w.micro == want->micro);
	must(w.second < 0 || w.zone_minutes == want->zone_minutes);
}

static void when(struct text cell, unsigned options)
{
	char *room = exactly(cell.n), to[WHEN_BYTES];
	enum when_order order = (enum when_order)(options % 4);
	struct when w, day;
	enum when_state state = when_read(clean_code(cell, room), order, &w);

	if (state == WHEN_GOOD || state == WHEN_SERIAL) {
		must(w.second >= -1 && w.second < 86400);
		must(w.micro >= 0 && w.micro < 1000000);
		must(w.zone_minutes == WHEN_NO_ZONE ||
		     (w.zone_minutes > -900 && w.zone_minutes < 900));
		must_be_same((struct text){to, when_put_instant(
						       &w, WHEN_NO_ZONE, to)},
			     &w);
		day = (struct when){w.day, -1, 0, WHEN_NO_ZONE};
		must_be_same((struct text){to, when_put_day(&w, to)}, &day);
		must(when_put_time(&w, to) == (w.second < 0 ? 0 : 8));
	}
	must(order == WHEN_ASK || state != WHEN_AMBIGUOUS || order != WHEN_YMD);
	free(room);
}

/* ---- figures ---- */

static bool is_plain_figure(struct text t)
{
	size_t i = t.p[0] == '-', from = i;
	int64_t fen;

	while (i < t.n && t.p[i] != '.')
		i++;
	if (i == from || !are_digits(t.p + from, i - from) ||
	    (t.p[from] == '0' && i > from + 1))
		return false;
	if (i < t.n && (i + 1 == t.n || t.p[t.n - 1] == '0' ||
			!are_digits(t.p + i + 1, t.n - i - 1)))
		return false;
	if (money_parse(t, &fen))
		must(fen >= 0 || t.p[0] == '-');
	return !text_is(t, "-0");
}

static void decimal(struct text cell, unsigned options)
{
	enum decimal_unit unit = (enum decimal_unit)(options % 5);
	char *room = exactly(cell.n), to[DECIMAL_BYTES], more[DECIMAL_BYTES];
	size_t n = decimal_read(clean_code(cell, room), unit, options & 8, to);

	must(n <= DECIMAL_BYTES);
	if (n) {
		struct text t = {to, n};

		must(is_plain_figure(t));
		/* 40 digits are the limit of what is read, not written. */
		if (n <= 40) {
			must(decimal_read(t, unit, false, more) == n);
			must(memcmp(more, to, n) == 0);
		}
	}
	free(room);
}

/* Eight amounts from 64 bytes; the first option byte says which are known. */
static void bill(struct text cell, unsigned options)
{
	struct bill b = {0};
	struct bill_line line[BILL_LINES];
	int64_t sum = 0, want = 0;
	size_t n;

	for (size_t i = 0; i < BILL_AMOUNTS && 8 * i + 8 <= cell.n; i++) {
		b.known[i] = options >> i & 1;
		memcpy(&b.fen[i], cell.p + 8 * i, 8);
		if (!b.known[i])
			b.fen[i] = 0;
	}
	n = bill_lines(&b, line);
	must(n <= BILL_LINES);
	for (size_t i = 0; i < n; i++) {
		must(n == 1 || line[i].fen != 0);
		sum = (int64_t)((uint64_t)sum + (uint64_t)line[i].fen);
	}
	want = (int64_t)((uint64_t)b.fen[BILL_PAID] +
			 (uint64_t)b.fen[BILL_UNPAID]);
	if (n && b.known[BILL_PAID])
		must(sum == want);
	else if (n && b.known[BILL_RECEIVABLE])
		must(sum == b.fen[BILL_RECEIVABLE]);
}

/* ---- cleaning, masks ---- */

static void clean_twice(struct text cell,
			struct text (*clean)(struct text, char *))
{
	char *room = exactly(cell.n), *more;
	struct text once = clean(cell, room), twice;

	must_be_utf8(once);
	must(once.n <= cell.n);
	more = exactly(once.n);
	twice = clean(once, more);
	must(text_eq(once, twice));
	if (clean_is_null(once))
		must(clean_is_null_code(once));
	free(room);
	free(more);
}

static void clean(struct text cell, unsigned options)
{
	struct text once = clean_text(cell);

	(void)options;
	must(text_eq(clean_text(once), once));
	clean_twice(cell, clean_words);
	clean_twice(cell, clean_code);
	clean_twice(cell, clean_key);
}

static void mask(struct text cell, unsigned options)
{
	static void (*const masks[])(struct buf *, struct text) = {
		mask_name, mask_phone, mask_vin, mask_plate, mask_idno,
	};
	struct buf b = {0};

	masks[options % NELEMS(masks)](&b, cell);
	must_be_utf8(buf_text(&b));
	must((b.n == 0) == (cell.n == 0));
	must(cell.n == 0 || memchr(b.p, '*', b.n) != NULL);
	must(utf8_count(buf_text(&b)) <= 18);
	buf_release(&b);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static void (*const parsers[])(struct text, unsigned) = {
		phone, person,	idno, vin,   plate,
		when,  decimal, bill, clean, mask,
	};
	void (*parse)(struct text, unsigned);
	struct text cell;
	char *copy;

	if (size < 2)
		return 0;
	parse = parsers[data[0] % NELEMS(parsers)];
	cell.n = size - 2;
	copy = exactly(cell.n);
	memcpy(copy, data + 2, cell.n);
	cell.p = copy;
	if (parse != bill)
		cell.n = utf8_bad(cell.p, cell.n);
	parse(cell, data[1]);
	free(copy);
	return 0;
}
