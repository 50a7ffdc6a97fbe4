/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slips of the pen: a character, a digit, the wrong one of two numbers. */
#include <string.h>

#include "model/sample_slip.h"

#define NAME sizeof(((struct sample_party *)0)->name)
#define SIGN 3 /* bytes of a Chinese character */

enum homophone_column { HOMOPHONE_SOUND, HOMOPHONE_CHARACTER };

/* A number out of a hundred: which slip is made. */
static int64_t way(struct sample_sheet *s)
{
	return rng_between(&s->rng, 0, 99);
}

/* Another character of the list that is read alike; empty when it knows
 * none. */
static struct text homophone(struct sample_sheet *s, struct text character)
{
	const struct sample_list *l = &s->world->list[SAMPLE_HOMOPHONES];
	struct sample_range at =
		sample_list_range(l, HOMOPHONE_CHARACTER, character);
	struct sample_range alike;
	struct text found;

	if (at.n == 0)
		return (struct text){0};
	alike = sample_list_range(
		l, HOMOPHONE_SOUND,
		sample_list_get(l, at.first, HOMOPHONE_SOUND));
	do
		found = sample_list_get(l, sample_list_draw(l, alike, &s->rng),
					HOMOPHONE_CHARACTER);
	while (text_eq(found, character));
	return found;
}

static struct text any_character(struct sample_sheet *s, struct text but)
{
	const struct sample_list *l = &s->world->list[SAMPLE_HOMOPHONES];
	struct text found;

	do
		found = sample_list_get(
			l, sample_list_draw(l, sample_list_all(l), &s->rng),
			HOMOPHONE_CHARACTER);
	while (text_eq(found, but));
	return found;
}

/* Puts another character for the one at `at`, where there is room. */
static void mistype(struct sample_sheet *s, char *name, size_t at, bool alike)
{
	struct text was = {name + at, SIGN}, other = {0};

	if (alike)
		other = homophone(s, was);
	if (other.n == 0)
		other = any_character(s, was);
	if (other.n == SIGN)
		memcpy(name + at, other.p, SIGN);
}

static void swap_signs(char *at)
{
	char first[SIGN];

	memcpy(first, at, SIGN);
	memmove(at, at + SIGN, SIGN);
	memcpy(at + SIGN, first, SIGN);
}

/* A firm's 市 and legal form come and go; now and then a character is wrong. */
static void typed_firm(struct sample_sheet *s, const char *full)
{
	static const char legal[] = "有限公司";
	size_t n = strlen(full), tail = sizeof(legal) - 1;
	int64_t which = way(s);
	char name[NAME];

	text_putf(name, sizeof(name), "%s", full);
	if (which < 12)
		name[n - tail] = '\0';
	else if (which < 16)
		/* behind the city, before the form */
		mistype(s, name, 2 * SIGN, false);
	sample_cell_str(s, name);
}

void sample_cell_typed_name(struct sample_sheet *s, uint32_t party)
{
	const struct sample_party *p = &s->world->party[party];
	size_t n = strlen(p->name), surname;
	int64_t which = way(s);
	char name[NAME];

	if (p->firm) {
		typed_firm(s, p->name);
		return;
	}
	surname = sample_surname_bytes(s->world, p->name);
	text_putf(name, sizeof(name), "%s", p->name);
	if (which < 4) {
		mistype(s, name, n - SIGN, true);
	} else if (which < 6) {
		mistype(s, name, surname, false);
	} else if (which == 6 && n - surname == 2 * (size_t)SIGN) {
		swap_signs(name + surname);
	} else if (which < 9) {
		text_putf(name, sizeof(name), "%.*s%s", (int)surname, p->name,
			  p->gender == 'F' ? "女士" : "先生");
	} else if (which < 11) {
		text_putf(name, sizeof(name), "%.*s\u3000%s", (int)surname,
			  p->name, p->name + surname);
	} else if (which < 13) {
		name[0] = '\0';
	}
	sample_cell_str(s, name);
}

void sample_cell_typed_phone(struct sample_sheet *s, uint32_t party)
{
	const struct sample_party *p = &s->world->party[party];
	int64_t which = way(s);
	/* behind the first three, which say whose network it is */
	size_t at = (size_t)rng_between(&s->rng, 3, 9);
	char phone[SAMPLE_PHONE];

	memcpy(phone, which >= 4 && which < 9 ? p->other_phone : p->phone,
	       sizeof(phone));
	if (which < 3) {
		phone[at] = (char)('0' + (phone[at] - '0' +
					  rng_between(&s->rng, 1, 9)) %
						 10);
	} else if (which == 3) {
		char first = phone[at];

		phone[at] = phone[at + 1];
		phone[at + 1] = first;
	} else if (which >= 9 && which < 12) {
		phone[0] = '\0';
	}
	sample_cell_str(s, phone);
}

void sample_cell_typed_birth(struct sample_sheet *s, uint32_t party)
{
	const struct sample_party *p = &s->world->party[party];
	struct civil c = day_civil(p->born);
	int64_t which = way(s);

	if (p->firm || which < 25) {
		sample_cell_none(s);
		return;
	}
	if (which < 27)
		c.day = c.day % 10 ? c.day / 10 * 10 + 1 : c.day / 10;
	else if (which < 28)
		c.year += c.year % 2 ? 1 : -1;
	if (c.day == 0 || !day_exists(c))
		c = day_civil(p->born);
	sample_cell_day(s, day_of(c), 0);
}
