/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell is read as: one function a kind of field, in a table. */
#include <string.h>

#include "base/ascii.h"
#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/utf8.h"
#include "canon/answer.h"
#include "canon/clean.h"
#include "canon/decimal.h"
#include "canon/idno.h"
#include "canon/person.h"
#include "canon/plate.h"
#include "canon/reading.h"
#include "canon/vin.h"

struct task {
	const struct reading_column *column;
	const struct reading_rules *rules;
	char *to;
};

bool reading_is_na(const struct reading_rules *rules, struct text t)
{
	for (size_t i = 0; i < rules->nna; i++)
		if (text_eq(t, rules->na[i]))
			return true;
	return false;
}

static bool is_nothing(const struct task *k, struct text t, bool code)
{
	if (code ? clean_is_null_code(t) : clean_is_null(t))
		return true;
	return k->rules->nna && reading_is_na(k->rules, t);
}

static enum reason read_text(const struct task *k, struct text raw,
			     struct reading *r)
{
	struct text t = clean_text(raw);

	if (!is_nothing(k, t, false))
		r->text = t;
	return REASON_NONE;
}

static enum reason read_word(const struct task *k, struct text raw,
			     struct reading *r)
{
	struct text t = clean_words(raw, k->to);

	if (!is_nothing(k, t, false))
		r->text = t;
	return REASON_NONE;
}

static enum reason read_code(const struct task *k, struct text raw,
			     struct reading *r)
{
	struct text t = clean_code(raw, k->to);

	/* 000 may be a store's number; 0 and 00000000 are none. */
	if (!is_nothing(k, t, t.n == 1 || t.n >= 8))
		r->text = t;
	return REASON_NONE;
}

static bool is_ideograph(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
	       (c >= 0x20000 && c <= 0x3FFFF);
}

/* The dots that stand for U+00B7 in names such as 阿卜杜拉·买买提. */
static bool is_dot(uint32_t c)
{
	return c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF65;
}

/* No blank, and no byte that begins one of the dots; the characters of most
 * names begin with E4 to E9. */
static bool is_closed_up(struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c == ' ' || c == 0xE2 || c == 0xE3 || c == 0xEF)
			return false;
	}
	return true;
}

/* 王 伟: a blank between two Chinese characters only pads, and a dot there is
 * always the same one. */
static struct text close_up(struct text t, char *to)
{
	uint32_t before = 0;
	size_t n = 0;

	if (is_closed_up(t))
		return t;
	for (size_t i = 0, len; i < t.n; i += len) {
		uint32_t c = utf8_decode(t.p + i, t.n - i, &len), after;
		size_t skip;

		if ((c == ' ' || is_dot(c)) && is_ideograph(before) &&
		    i + len < t.n) {
			after = utf8_decode(t.p + i + len, t.n - i - len,
					    &skip);
			if (c == ' ' && is_ideograph(after))
				continue;
			if (c != ' ' && is_ideograph(after))
				c = 0xB7;
		}
		before = c;
		n += utf8_encode(c, to + n);
	}
	return (struct text){ to, n };
}

static enum reason read_person(const struct task *k, struct text raw,
			       struct reading *r)
{
	struct text t = clean_words(raw, k->to);
	struct person p;

	if (is_nothing(k, t, true))
		return REASON_NONE;
	p = person_read(close_up(t, k->to));
	if (is_nothing(k, p.name, true))
		return REASON_NONE;
	r->text = p.name;
	r->gender = p.gender;
	r->firm = p.firm;
	r->links = reading_is_whole_name(p.name);
	return REASON_NONE;
}

static enum reason read_phone(const struct task *k, struct text raw,
			      struct reading *r)
{
	struct text t = clean_code(raw, k->to);
	struct phone phones[PHONE_MAX];
	char *numbers = k->to + raw.n, *more;
	size_t n;

	if (is_nothing(k, t, true))
		return REASON_NONE;
	n = phone_read_all(t, numbers, phones);
	if (n == 0)
		return REASON_NONE;
	r->text = phones[0].text;
	r->links = reading_phone_links(r->text);
	more = numbers + (size_t)PHONE_MAX * PHONE_BYTES;
	r->more.p = more;
	for (size_t i = 1; i < n; i++) {
		if (i > 1)
			more[r->more.n++] = '/';
		memcpy(more + r->more.n, phones[i].text.p, phones[i].text.n);
		r->more.n += phones[i].text.n;
	}
	return REASON_NONE;
}

static enum reason read_vin(const struct task *k, struct text raw,
			    struct reading *r)
{
	struct text t = clean_key(raw, k->to);

	if (is_nothing(k, t, true))
		return REASON_NONE;
	r->text = t;
	r->links = vin_links(vin_read(t));
	return REASON_NONE;
}

static enum reason read_plate(const struct task *k, struct text raw,
			      struct reading *r)
{
	struct text t = clean_key(raw, k->to);

	if (!is_nothing(k, t, true))
		plate_read(t, k->to + raw.n, &r->text);
	return REASON_NONE;
}

static enum reason read_idno(const struct task *k, struct text raw,
			     struct reading *r)
{
	struct text t = clean_key(raw, k->to);
	struct idno id;

	r->birth = DAY_NONE;
	if (is_nothing(k, t, true))
		return REASON_NONE;
	id = idno_read(t);
	r->text = t;
	r->links = id.kind == IDNO_PERSON || id.kind == IDNO_FIRM;
	r->birth = id.birth;
	r->gender = id.gender;
	return REASON_NONE;
}

static enum reason read_gender(const struct task *k, struct text raw,
			       struct reading *r)
{
	struct text t = clean_code(raw, k->to);
	int gender;

	if (is_nothing(k, t, false))
		return REASON_NONE;
	gender = person_gender(t);
	if (gender < 0)
		return REASON_BAD_VALUE;
	r->text = gender == 'F' ? TEXT("F") : gender == 'M' ? TEXT("M") :
							      TEXT("");
	return REASON_NONE;
}

static enum reason read_party(const struct task *k, struct text raw,
			      struct reading *r)
{
	struct text t = clean_words(raw, k->to);
	const char *party;

	if (is_nothing(k, t, false))
		return REASON_NONE;
	party = person_party(t);
	r->text = party ? text_of(party) : t;
	return REASON_NONE;
}

static enum reason read_yes_no(const struct task *k, struct text raw,
			       struct reading *r)
{
	struct text t = clean_code(raw, k->to);
	const char *word;

	if (t.n == 0 || reading_is_na(k->rules, t))
		return REASON_NONE;
	word = person_yes_no(t);
	if (!word && clean_is_null(t))
		return REASON_NONE;
	if (!word)
		return REASON_BAD_VALUE;
	r->text = text_of(word);
	return REASON_NONE;
}

static enum reason read_email(const struct task *k, struct text raw,
			      struct reading *r)
{
	struct text t = clean_code(raw, k->to);
	size_t at;

	if (is_nothing(k, t, true))
		return REASON_NONE;
	r->text = t;
	at = text_find(t, "@");
	if (at == SIZE_MAX)
		return REASON_NONE;
	/* The domain has no case. */
	if (t.p != k->to)
		memmove(k->to, t.p, t.n);
	r->text.p = k->to;
	for (size_t i = at; i < t.n; i++)
		k->to[i] = ascii_lower(k->to[i]);
	return REASON_NONE;
}

static enum reason read_date(const struct task *k, struct text raw,
			     struct reading *r, enum reason bad)
{
	struct text t = clean_code(raw, k->to);

	if (is_nothing(k, t, true))
		return REASON_NONE;
	switch (when_read(t, k->rules->dates, &r->when)) {
	case WHEN_NONE:
		return REASON_NONE;
	case WHEN_SERIAL:
		if (!k->rules->serials && !k->column->serials)
			return bad;
		break;
	case WHEN_GOOD:
		break;
	case WHEN_AMBIGUOUS:
	case WHEN_BAD:
		return bad;
	}
	r->text.p = k->to + raw.n;
	return REASON_NONE;
}

static enum reason read_day(const struct task *k, struct text raw,
			    struct reading *r)
{
	enum reason bad = read_date(k, raw, r, REASON_BAD_DATE);

	if (r->text.p)
		r->text.n = when_put_day(&r->when, k->to + raw.n);
	return bad;
}

/* The offset that the clocks had then, where that is known. */
static int zone_then(const struct reading_rules *rules, const struct when *w)
{
	int64_t seconds = w->day * (int64_t)DAY_SECONDS + w->second;

	if (rules->zones == 0)
		return rules->zone_minutes;
	return instant_offset_local(rules->zone, rules->zones,
				    seconds * INSTANT_SECOND);
}

static enum reason read_instant(const struct task *k, struct text raw,
				struct reading *r)
{
	enum reason bad = read_date(k, raw, r, REASON_BAD_TIME);

	if (r->text.p)
		r->text.n = when_put_instant(&r->when,
					     zone_then(k->rules, &r->when),
					     k->to + raw.n);
	return bad;
}

static size_t read_decimal(const struct task *k, struct text raw,
			   enum decimal_unit unit, struct text *clean)
{
	*clean = clean_code(raw, k->to);
	if (is_nothing(k, *clean, false)) {
		clean->n = 0;
		return 0;
	}
	return decimal_read(*clean, unit, k->column->in_wan, k->to + raw.n);
}

static enum reason read_money(const struct task *k, struct text raw,
			      struct reading *r)
{
	char *to = k->to + raw.n;
	struct text clean;
	int64_t fen;
	size_t n;

	n = read_decimal(k, raw, DECIMAL_MONEY, &clean);
	if (clean.n == 0)
		return REASON_NONE;
	if (n == 0 || !money_parse((struct text){ to, n }, &fen))
		return REASON_BAD_NUMBER;
	r->text = (struct text){ to, money_format(fen, to) };
	return REASON_NONE;
}

static enum reason read_figure(const struct task *k, struct text raw,
			       enum decimal_unit unit, struct reading *r)
{
	struct text clean;
	size_t n;

	n = read_decimal(k, raw, unit, &clean);
	if (clean.n == 0)
		return REASON_NONE;
	if (n == 0)
		return REASON_BAD_NUMBER;
	r->text = (struct text){ k->to + raw.n, n };
	return REASON_NONE;
}

/* Of what is never negative. */
static enum reason read_count(const struct task *k, struct text raw,
			      enum decimal_unit unit, struct reading *r)
{
	enum reason bad = read_figure(k, raw, unit, r);

	if (!bad && r->text.n && r->text.p[0] == '-')
		return REASON_OUT_OF_RANGE;
	return bad;
}

static enum reason read_km(const struct task *k, struct text raw,
			   struct reading *r)
{
	return read_count(k, raw, DECIMAL_KM, r);
}

static enum reason read_number(const struct task *k, struct text raw,
			       struct reading *r)
{
	return read_figure(k, raw, DECIMAL_HOURS, r);
}

/* 非常满意 .. 非常不满意 stand for 5 .. 1; the ends of a scale may have labels. */
static enum reason read_score(const struct task *k, struct text raw,
			      struct reading *r)
{
	struct text t = clean_code(raw, k->to);
	struct text word = answer_word(t), figure = answer_figure(t);

	if (word.n) {
		r->text = word;
		r->likert = true;
		return REASON_NONE;
	}
	return read_count(k, figure.n < t.n ? figure : raw, DECIMAL_SCORE, r);
}

static enum reason (*const reader[])(const struct task *, struct text,
				     struct reading *) = {
	[FIELD_TEXT] = read_text,     [FIELD_WORD] = read_word,
	[FIELD_CODE] = read_code,     [FIELD_PERSON] = read_person,
	[FIELD_PHONE] = read_phone,   [FIELD_VIN] = read_vin,
	[FIELD_PLATE] = read_plate,   [FIELD_IDNO] = read_idno,
	[FIELD_GENDER] = read_gender, [FIELD_PARTY] = read_party,
	[FIELD_EMAIL] = read_email,   [FIELD_DAY] = read_day,
	[FIELD_INSTANT] = read_instant, [FIELD_MONEY] = read_money,
	[FIELD_KM] = read_km,	      [FIELD_NUMBER] = read_number,
	[FIELD_SCORE] = read_score,   [FIELD_YESNO] = read_yes_no,
};

enum reason reading_judge(struct text raw, const struct reading_column *column,
			  const struct reading_rules *rules, char *to,
			  struct reading *r)
{
	const struct task task = { column, rules, to };

	*r = (struct reading){ .birth = DAY_NONE };
	if (raw.n == 0)
		return REASON_NONE;
	return reader[column->kind](&task, raw, r);
}

/* ---- for the rules ---- */

bool reading_dates(struct text words, struct reading_rules *rules)
{
	static const char *const orders[] = { "", "ymd", "dmy", "mdy" };
	struct text word;

	while (text_split(&words, ',', &word)) {
		bool known = text_is(word, "serial");

		rules->serials |= known;
		for (size_t i = WHEN_YMD; i < NELEMS(orders); i++)
			if (text_is(word, orders[i])) {
				rules->dates = (enum when_order)i;
				known = true;
			}
		if (!known)
			return false;
	}
	return true;
}

bool reading_instant(const struct reading_rules *rules, struct text t,
		     int64_t *us)
{
	if (rules->zones == 0)
		return instant_parse(t, rules->zone_minutes, us);
	return instant_parse_by(t, (struct instant_clock){ rules->zone,
							   rules->zones }, us);
}
