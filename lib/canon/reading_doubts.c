/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is doubtful about values that were read, and what is whole. */
#include <string.h>

#include "base/day.h"
#include "canon/clean.h"
#include "canon/idno.h"
#include "canon/person.h"
#include "canon/plate.h"
#include "canon/reading.h"
#include "canon/vin.h"

bool reading_is_whole_name(struct text t)
{
	struct person p = person_read(t);

	return person_links(&p);
}

bool reading_is_whole_phone(struct text t)
{
	char room[PHONE_BYTES];
	enum phone_kind kind = phone_read(t, room).kind;

	return kind == PHONE_MOBILE || kind == PHONE_LANDLINE;
}

bool reading_phone_links(struct text t)
{
	char room[PHONE_BYTES];
	struct phone phone = phone_read(t, room);

	return phone_links(phone) || phone.kind == PHONE_LANDLINE;
}

bool reading_is_whole_id(struct text t)
{
	return !idno_flag(idno_read(t).kind);
}

const char *reading_date_fault(struct text raw)
{
	struct buf room = { 0 };
	struct text t = clean_code(raw, buf_room(&room, raw.n + 1));
	struct when when;
	enum when_state state = when_read(t, WHEN_ASK, &when);

	buf_release(&room);
	if (state == WHEN_AMBIGUOUS)
		return "is no date that is sure; --dates ymd, dmy or mdy tells "
		       "the order of its parts";
	if (state == WHEN_SERIAL)
		return "may be a spreadsheet's count of days; --dates serial "
		       "takes it for one";
	return "is no date, or none that exists";
}

static void add_flag(struct buf *to, size_t from, const char *flag)
{
	struct text so_far = { to->p ? to->p + from : NULL, to->n - from };

	if (!flag || text_find(so_far, flag) != SIZE_MAX)
		return;
	if (so_far.n)
		buf_addc(to, ' ');
	buf_adds(to, flag);
}

static void phone_flags(struct buf *to, size_t from, struct text cell)
{
	char room[PHONE_MAX * PHONE_BYTES];
	struct phone phones[PHONE_MAX];
	size_t n = cell.n ? phone_read_all(cell, room, phones) : 0;

	for (size_t i = 0; i < n; i++)
		add_flag(to, from, phone_flag(phones[i].kind));
}

static bool is_other_gender(struct text gender, char than)
{
	return than && gender.n == 1 && gender.p[0] != than;
}

/* What two cells say of the same thing. */
static void contradictions(struct buf *to, size_t from,
			   const struct reading_doubts *d)
{
	struct idno id = idno_read(d->id_no);
	int32_t born;

	add_flag(to, from, idno_flag(id.kind));
	if (id.birth != DAY_NONE && d->birth_date.n &&
	    day_parse(d->birth_date, &born) && born != id.birth)
		add_flag(to, from, "birth-id");
	if (is_other_gender(d->gender, id.gender))
		add_flag(to, from, "gender-id");
	if (text_find(d->said, READING_GENDER_TITLE) != SIZE_MAX ||
	    is_other_gender(d->gender, person_read(d->name).gender))
		add_flag(to, from, READING_GENDER_TITLE);
}

void reading_flags(struct buf *to, const struct reading_doubts *d)
{
	size_t from = to->n;

	phone_flags(to, from, d->phone);
	phone_flags(to, from, d->phone_alt);
	contradictions(to, from, d);
	if (d->email.n && !person_is_email(d->email))
		add_flag(to, from, "email-odd");
	add_flag(to, from, vin_flag(vin_read(d->vin)));
	if (d->plate_no.n) {
		struct text plate;
		struct buf room = { 0 };

		add_flag(to, from,
			 plate_flag(plate_read(d->plate_no,
					       buf_room(&room, d->plate_no.n),
					       &plate)));
		buf_release(&room);
	}
}
