/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sample may show of which field, by tables. */
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "canon/idno.h"
#include "canon/mask.h"
#include "canon/phone.h"
#include "canon/reading.h"
#include "canon/vin.h"

#define SHAPE_LETTERS 24

static bool is_letter(uint32_t c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') ||
	       ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* 2***-**-**: what shape it has, its first letter and no other; cut after 24
 * letters. */
static void mask_shape(struct buf *b, struct text t)
{
	bool shown = false;
	size_t letters = 0;

	for (size_t i = 0, n; i < t.n && letters < SHAPE_LETTERS; i += n) {
		uint32_t c = utf8_decode(t.p + i, t.n - i, &n);

		letters++;
		if (is_letter(c) && shown) {
			buf_addc(b, '*');
			continue;
		}
		shown |= is_letter(c);
		utf8_show(b, (struct text){ t.p + i, n }, 8);
	}
}

/* a***@example.com */
static void mask_email(struct buf *b, struct text t)
{
	size_t at = text_find(t, "@");

	if (at == SIZE_MAX || at == 0) {
		mask_shape(b, t);
		return;
	}
	mask_name(b, (struct text){ t.p, at });
	buf_adds(b, "**");
	utf8_show(b, (struct text){ t.p + at, t.n - at }, 40);
}

static void show(struct buf *b, struct text t)
{
	utf8_show(b, t, 40);
}

/* The year of a birth and no more. */
static void mask_birth(struct buf *b, struct text t)
{
	size_t letters = 0;

	for (size_t i = 0, n; i < t.n && letters < SHAPE_LETTERS; i += n) {
		uint32_t c = utf8_decode(t.p + i, t.n - i, &n);
		bool digit = c >= '0' && c <= '9';

		letters += is_letter(c);
		if (is_letter(c) && (!digit || letters > 4))
			buf_addc(b, '*');
		else
			utf8_show(b, (struct text){ t.p + i, n }, 8);
	}
}

typedef void masker(struct buf *, struct text);

static masker *const by_kind[] = {
	[FIELD_TEXT] = mask_shape,   [FIELD_WORD] = show,
	[FIELD_CODE] = show,	     [FIELD_PERSON] = mask_name,
	[FIELD_PHONE] = mask_phone,  [FIELD_VIN] = mask_vin,
	[FIELD_PLATE] = mask_plate,  [FIELD_IDNO] = mask_idno,
	[FIELD_GENDER] = show,	     [FIELD_PARTY] = show,
	[FIELD_EMAIL] = mask_email,  [FIELD_DAY] = show,
	[FIELD_INSTANT] = show,	     [FIELD_MONEY] = show,
	[FIELD_KM] = show,	     [FIELD_NUMBER] = show,
	[FIELD_SCORE] = show,	     [FIELD_YESNO] = show,
};

/* Words, codes and days that tell of a person: staff by their names, too. */
static const struct {
	const char *field;
	masker *mask;
} by_name[] = {
	{ "account_id", mask_shape },	 { "actor", mask_name },
	{ "address", mask_shape },	 { "agent", mask_name },
	{ "birth_date", mask_birth },	 { "created_by", mask_name },
	{ "customer_id", mask_shape },	 { "district", mask_shape },
	{ "employer", mask_shape },	 { "engine_no", mask_shape },
	{ "household_id", mask_shape },	 { "motor_no", mask_shape },
	{ "nationality", mask_shape },	 { "object", mask_shape },
	{ "occupation", mask_shape },	 { "owner", mask_name },
	{ "owner_staff_id", mask_name }, { "payer", mask_name },
	{ "post", mask_shape },		 { "qq", mask_shape },
	{ "referred_by", mask_shape },	 { "sales_consultant", mask_name },
	{ "service_advisor", mask_name }, { "staff_id", mask_name },
	{ "tags", mask_shape },		 { "technician", mask_name },
	{ "wechat", mask_shape },
};

/* A person's or a vehicle's number in a column of another kind. */
static bool looks_personal(struct text value)
{
	char key[64], room[PHONE_BYTES];
	enum phone_kind phone;
	enum vin_state vin;
	enum idno_kind id;
	struct text t;

	if (value.n > sizeof(key))
		return true;
	t = clean_key(value, key);
	phone = phone_read(t, room).kind;
	id = idno_read(t).kind;
	vin = vin_read(t);
	return phone == PHONE_MOBILE || phone == PHONE_LANDLINE ||
	       id == IDNO_PERSON || vin == VIN_GOOD || vin == VIN_UNCHECKED ||
	       vin == VIN_CHECK;
}

/* A figure that is one; else it may be a name that a wrong map put there. */
static bool reads(enum field_kind kind, struct text value)
{
	struct reading_column column = { .kind = kind, .serials = true };
	struct reading_rules rules = { .dates = WHEN_YMD, .serials = true };
	struct buf room = { 0 };
	struct reading r;
	bool good = reading_take(value, &column, &rules,
				 buf_room(&room, READING_ROOM(value.n)),
				 &r) == REASON_NONE;

	buf_release(&room);
	return good;
}

/* Digits and what stands between those of a date or an amount; fewer than a
 * telephone number has. */
static bool is_figure(enum field_kind kind, struct text value)
{
	static const char between[] = "-/.:, +()";
	size_t digits = 0;

	if (kind < FIELD_DAY || kind > FIELD_SCORE || value.n > 20)
		return false;
	for (size_t i = 0; i < value.n; i++) {
		bool digit = ascii_is_digit(value.p[i]);

		digits += digit;
		if (!digit && (!value.p[i] || !strchr(between, value.p[i])))
			return false;
	}
	return digits < 11;
}

void mask_field(struct buf *b, size_t field, struct text value)
{
	enum field_kind kind;
	masker *mask;

	if (field == FIELD_NONE) {
		mask_shape(b, value);
		return;
	}
	kind = field_all[field].kind;
	mask = by_kind[kind];
	for (size_t i = 0; i < NELEMS(by_name); i++)
		if (strcmp(field_all[field].name, by_name[i].field) == 0)
			mask = by_name[i].mask;
	if (mask == show &&
	    (looks_personal(value) ||
	     (!reads(kind, value) && !is_figure(kind, value))))
		mask = mask_shape;
	mask(b, value);
}
