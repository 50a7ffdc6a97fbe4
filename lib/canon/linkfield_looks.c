/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a column holds by the looks of its cells. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "canon/idno.h"
#include "canon/linkfield_in.h"
#include "canon/person.h"
#include "canon/plate.h"
#include "canon/vin.h"

#define BIT(look) (1u << (look))

/* Dates are counted by year, to see whether they spread as births do. */
#define YEAR_FIRST 1850
#define YEAR_LAST 2100

struct linkfield_tally {
	struct linkfield_looks sum;
	uint64_t count[LOOKS_COUNT];
	uint64_t bytes;
	uint64_t year[YEAR_LAST - YEAR_FIRST + 1];
	uint64_t order[3];	/* dates that can only be read so */
};

/* ---- one value ---- */

struct shape {
	size_t digits, letters, blanks, others, han, words;
};

static struct shape shape_of(struct text t)
{
	struct shape s = { 0 };
	bool in_word = false;

	for (size_t i = 0, len; i < t.n; i += len) {
		uint32_t c = utf8_decode(t.p + i, t.n - i, &len);

		s.words += c != ' ' && !in_word;
		in_word = c != ' ';
		if (c >= '0' && c <= '9')
			s.digits++;
		else if (c >= 0x3400 && c <= 0x9FFF)
			s.han++;
		else if (c == ' ')
			s.blanks++;
		else if ((c >= 'a' && c <= 'z') || c == '\'' || c == '-' ||
			 c == '.' || c >= 0xC0)
			s.letters++;
		else
			s.others++;
	}
	return s;
}

static int year_of_four(struct text t)
{
	int64_t v;

	return t.n == 4 && number_int(t, &v) ? (int)v : 0;
}

static unsigned number_looks(struct text t)
{
	unsigned looks = BIT(LOOKS_DIGITS);
	int year = year_of_four(t);
	int64_t v;

	if (year >= YEAR_FIRST && year <= YEAR_LAST)
		looks |= BIT(LOOKS_YEAR);
	if (t.n > 2 || !number_int(t, &v) || v == 0)
		return looks;
	if (v <= 12)
		looks |= BIT(LOOKS_MONTH);
	if (v <= 31)
		looks |= BIT(LOOKS_DAY);
	if (v > 12 && v <= 31)
		looks |= BIT(LOOKS_LATE_DAY);
	return looks;
}

static bool is_day(int year, int month, int day)
{
	return year >= YEAR_FIRST && year <= YEAR_LAST && month >= 1 &&
	       month <= 12 && day >= 1 && day <= 31;
}

/* The orders in which the value is a date, a bit each; *year of the first. */
static unsigned date_orders(struct text t, int *year)
{
	static const int place[][3] = { [LINKFIELD_YMD] = { 0, 1, 2 },
					[LINKFIELD_DMY] = { 2, 1, 0 },
					[LINKFIELD_MDY] = { 2, 0, 1 } };
	unsigned orders = 0;

	if (t.n < 6 || t.n > 32)
		return 0;
	for (int o = LINKFIELD_YMD; o <= LINKFIELD_MDY; o++) {
		struct linkfield_parts d;
		size_t y = (size_t)place[o][0];

		if (!linkfield_parts(t, (enum linkfield_order)o, &d))
			return 0;
		if (d.named_month && o != LINKFIELD_DMY)
			continue;
		if (!is_day(d.digits[y] == 2 ? 1900 + d.part[y] : d.part[y],
			    d.part[place[o][1]], d.part[place[o][2]]))
			continue;
		if (!orders)
			*year = d.digits[y] == 2 ? 0 : d.part[y];
		orders |= 1u << o;
	}
	return orders;
}

/* Longer than most numbers are, or written as only phones are. */
static bool is_phone(struct text t, const struct shape *s)
{
	if (s->letters || s->han || s->digits < 7 || s->digits > 15)
		return false;
	if (t.p[0] == '+' || t.p[0] == '(')
		return true;
	if (s->digits == 11 && t.p[0] == '1' && !s->others)
		return true;
	return t.p[0] == '0' && s->digits >= 9;
}

static bool upper_key(struct text t, char *to, size_t room, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == ' ')
			continue;
		if (*n == room)
			return false;
		to[(*n)++] = ascii_upper(t.p[i]);
	}
	return true;
}

static unsigned key_looks(struct text t)
{
	char key[24], plate[24];
	unsigned looks = 0;
	struct text k = { key, 0 }, as;

	if (!upper_key(t, key, sizeof(key), &k.n))
		return 0;
	if (idno_read(k).kind == IDNO_PERSON)
		looks |= BIT(LOOKS_CITIZEN);
	if (vin_links(vin_read(k)))
		looks |= BIT(LOOKS_VIN);
	switch (plate_read(k, plate, &as)) {
	case PLATE_FUEL:
	case PLATE_ENERGY:
	case PLATE_SPECIAL:
		return looks | BIT(LOOKS_PLATE);
	default:
		return looks;
	}
}

static bool has_any(struct text t, const char *const *signs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_find(t, signs[i]) != SIZE_MAX)
			return true;
	return false;
}

/* Ends one of its words so, or is one of them? */
static bool has_street(struct text t)
{
	static const char *const ends[] = {
		"street", "st",	      "road",	 "rd",	  "avenue", "ave",
		"av",	  "lane",     "ln",	 "drive", "dr",	    "place",
		"pl",	  "court",    "ct",	 "close", "way",    "circuit",
		"crescent", "cres",   "highway", "hwy",	  "blvd",   "boulevard",
		"parade", "terrace",  "square",	 "strasse", "str",  "weg",
		"platz",  "allee",    "rue",	 "calle", "via",
	};
	struct text word;

	while (text_split(&t, ' ', &word))
		for (size_t i = 0; i < NELEMS(ends); i++)
			if (text_is(word, ends[i]))
				return true;
	return false;
}

static unsigned word_looks(struct text t, const struct shape *s)
{
	static const char *const streets[] = { "路", "街", "巷", "号", "栋",
					       "小区", "村", "镇", "区" };
	unsigned looks = 0;

	if (!s->digits && !s->others && (s->letters || s->han))
		looks |= BIT(LOOKS_LETTERS);
	if (looks && s->words == 1)
		looks |= BIT(LOOKS_WORD);
	if (looks && s->han >= 2 && s->han <= 4 && !s->letters)
		looks |= BIT(LOOKS_HAN_NAME);
	if (s->han >= 5 && has_any(t, streets, NELEMS(streets)))
		looks |= BIT(LOOKS_HAN_ADDRESS);
	if (s->words >= 2 && s->letters && has_street(t))
		looks |= BIT(LOOKS_STREET);
	if (s->words >= 4)
		looks |= BIT(LOOKS_LONG);
	if (person_gender(t) >= 0 && !s->digits)
		looks |= BIT(LOOKS_GENDER);
	return looks;
}

static bool is_firm(struct text t)
{
	static const char *const ends[] = { " ltd", " limited", " inc", " llc",
					    " corp", " gmbh", " plc", " ag" };

	for (size_t i = 0; i < NELEMS(ends); i++)
		if (text_ends(t, ends[i]))
			return true;
	return person_read(t).firm;
}

static unsigned looks_of(struct linkfield_tally *y, struct text t,
			 uint32_t times)
{
	struct shape s = shape_of(t);
	unsigned looks = word_looks(t, &s), orders;
	int year = 0;

	if (s.digits == t.n)
		looks |= number_looks(t);
	if (s.digits)
		looks |= BIT(s.blanks ? LOOKS_MIXED : LOOKS_CODE);
	if (person_is_email(t))
		looks |= BIT(LOOKS_EMAIL);
	if (is_phone(t, &s))
		looks |= BIT(LOOKS_PHONE);
	if (is_firm(t))
		looks |= BIT(LOOKS_FIRM);
	if (s.digits)
		looks |= key_looks(t);
	orders = s.digits ? date_orders(t, &year) : 0;
	if (orders)
		looks |= BIT(LOOKS_DATE);
	for (int o = 0; o < 3; o++)
		if (orders == 1u << o)
			y->order[o] += times;
	if (year >= YEAR_FIRST && year <= YEAR_LAST)
		y->year[year - YEAR_FIRST] += times;
	return looks;
}

/* ---- sums ---- */

struct linkfield_tally *linkfield_tally_new(void)
{
	return mem_zalloc(1, sizeof(struct linkfield_tally));
}

void linkfield_tally_add(struct linkfield_tally *y, struct text t,
			 uint32_t times)
{
	unsigned looks = looks_of(y, t, times);

	y->sum.filled += times;
	y->sum.distinct++;
	y->bytes += (uint64_t)t.n * times;
	if (!y->sum.shortest || t.n < y->sum.shortest)
		y->sum.shortest = t.n;
	if (t.n > y->sum.longest)
		y->sum.longest = t.n;
	for (unsigned i = 0; i < LOOKS_COUNT; i++)
		if (looks & BIT(i))
			y->count[i] += times;
}

/* The year before which a share of the dates lies. */
static int year_at(const struct linkfield_tally *y, double share)
{
	uint64_t all = 0, sum = 0;
	int i = 0;

	for (int k = 0; k <= YEAR_LAST - YEAR_FIRST; k++)
		all += y->year[k];
	if (!all)
		return 0;
	while (i < YEAR_LAST - YEAR_FIRST &&
	       (double)(sum += y->year[i]) < share * (double)all)
		i++;
	return YEAR_FIRST + i;
}

struct linkfield_looks linkfield_tally_end(struct linkfield_tally *y)
{
	struct linkfield_looks sum = y->sum;
	double n = sum.filled ? (double)sum.filled : 1;

	for (size_t i = 0; i < LOOKS_COUNT; i++)
		sum.share[i] = (double)y->count[i] / n;
	sum.mean_length = (double)y->bytes / n;
	sum.first_year = year_at(y, .05);
	sum.last_year = year_at(y, .95);
	for (int o = LINKFIELD_DMY; o <= LINKFIELD_MDY; o++)
		if (y->order[o] > y->order[sum.order])
			sum.order = (enum linkfield_order)o;
	free(y);
	return sum;
}

/* ---- the kind ---- */

/* Few values, or each of them often. */
static bool is_category(const struct linkfield_looks *s)
{
	if (s->distinct <= 30)
		return s->filled >= 3 * (uint64_t)s->distinct;
	return s->distinct <= 300 &&
	       (double)s->distinct < .03 * (double)s->filled;
}

/* Signs that settle the kind by themselves, the surest first. */
static const struct {
	enum linkfield_look look;
	double at_least;
	enum linkage_kind kind;
} signs[] = {
	{ LOOKS_GENDER, .95, LINKAGE_GENDER },
	{ LOOKS_EMAIL, .7, LINKAGE_EMAIL },
	{ LOOKS_CITIZEN, .5, LINKAGE_IDNUM },
	{ LOOKS_VIN, .7, LINKAGE_VIN },
	{ LOOKS_PLATE, .7, LINKAGE_PLATE },
	{ LOOKS_DATE, .8, LINKAGE_DATE },
	{ LOOKS_PHONE, .7, LINKAGE_PHONE },
	{ LOOKS_FIRM, .4, LINKAGE_FIRM },
	{ LOOKS_HAN_ADDRESS, .5, LINKAGE_ADDRESS },
	{ LOOKS_STREET, .3, LINKAGE_ADDRESS },
};

static enum linkage_kind kind_of_code(const struct linkfield_looks *s)
{
	double distinct = (double)s->distinct / (double)s->filled;

	if (is_category(s))
		return LINKAGE_CATEGORY;
	if (s->share[LOOKS_DIGITS] >= .9 && s->shortest >= 4 &&
	    s->longest == s->shortest && s->longest <= 5)
		return LINKAGE_POSTCODE;
	if (s->mean_length >= 6 && distinct > .2)
		return LINKAGE_IDNUM;
	if (s->mean_length >= 4 && distinct > .5)
		return LINKAGE_IDNUM;
	return s->share[LOOKS_DIGITS] >= .8 ? LINKAGE_NUMBER : LINKAGE_TEXT;
}

enum linkage_kind linkfield_content(const struct linkfield_looks *s)
{
	for (size_t i = 0; i < NELEMS(signs); i++)
		if (s->share[signs[i].look] >= signs[i].at_least)
			return signs[i].kind;
	if (s->share[LOOKS_CODE] >= .8)
		return kind_of_code(s);
	if (is_category(s))
		return LINKAGE_CATEGORY;
	if (s->share[LOOKS_HAN_NAME] >= .8)
		return LINKAGE_NAME;
	if (s->share[LOOKS_LONG] >= .5)
		return s->share[LOOKS_MIXED] >= .5 ? LINKAGE_ADDRESS :
						     LINKAGE_TEXT;
	if (s->share[LOOKS_MIXED] >= .4)
		return LINKAGE_ADDRESS;
	if (s->share[LOOKS_LETTERS] >= .7)
		return s->mean_length <= 30 ? LINKAGE_NAME : LINKAGE_TEXT;
	return LINKAGE_TEXT;
}
