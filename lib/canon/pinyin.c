/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings of ideographs, by code point; those of surnames by search. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "base/utf8.h"
#include "canon/pinyin.h"

#define FIRST 0x4E00
#define LAST 0x9FFF

struct surname {
	struct text signs, reading;
};

struct pinyin {
	struct buf csv;			/* everything else points into it */
	struct arena texts;
	const char *sign[LAST - FIRST + 1];	/* NULL: not known */
	struct surname *surname;
	size_t surnames, cap;
};

static bool is_known(uint32_t code)
{
	return code >= FIRST && code <= LAST;
}

static void take_signs(struct pinyin *p, struct text reading,
		       struct text signs)
{
	const char *syllable = arena_strdup(&p->texts, reading.p, reading.n);
	size_t used;

	for (size_t i = 0; i < signs.n; i += used) {
		uint32_t code = utf8_decode(signs.p + i, signs.n - i, &used);

		if (!is_known(code))
			bug("pinyin.csv: U+%04X is no ideograph", code);
		p->sign[code - FIRST] = syllable;
	}
}

static void take_row(struct pinyin *p, struct text line)
{
	struct text reading = { 0 }, use = { 0 }, signs = { 0 };

	text_split(&line, ',', &reading);
	text_split(&line, ',', &use);
	text_split(&line, ',', &signs);
	if (use.n == 0) {
		take_signs(p, reading, signs);
		return;
	}
	p->surname = mem_grow(p->surname, p->surnames, &p->cap,
			      sizeof(*p->surname));
	p->surname[p->surnames++] = (struct surname){ signs, reading };
}

struct pinyin *pinyin_new(void)
{
	struct pinyin *p = mem_zalloc(1, sizeof(*p));
	struct text rest, line;

	share_read("pinyin.csv", &p->csv);
	rest = buf_text(&p->csv);
	text_split(&rest, '\n', &line);
	while (text_split(&rest, '\n', &line))
		if (line.n)
			take_row(p, line);
	return p;
}

void pinyin_free(struct pinyin *p)
{
	if (!p)
		return;
	buf_release(&p->csv);
	arena_release(&p->texts);
	free(p->surname);
	free(p);
}

const char *pinyin_sign(const struct pinyin *p, uint32_t code)
{
	const char *s = is_known(code) ? p->sign[code - FIRST] : NULL;

	return s ? s : "";
}

/* The longest surname of a reading of its own that a name begins with. */
static const struct surname *find_surname(const struct pinyin *p,
					  struct text name)
{
	const struct surname *best = NULL;

	for (size_t i = 0; i < p->surnames; i++) {
		const struct surname *s = &p->surname[i];

		if (name.n >= s->signs.n &&
		    memcmp(name.p, s->signs.p, s->signs.n) == 0 &&
		    (!best || s->signs.n > best->signs.n))
			best = s;
	}
	return best;
}

static bool is_passed_over(uint32_t code)
{
	return code == ' ' || code == 0xB7 || code == 0x2022 ||
	       code == 0x30FB || code == 0x3000;
}

static bool read_signs(const struct pinyin *p, struct text t, struct buf *to)
{
	size_t used;

	for (size_t i = 0; i < t.n; i += used) {
		uint32_t code = utf8_decode(t.p + i, t.n - i, &used);
		const char *syllable = pinyin_sign(p, code);

		if (is_passed_over(code))
			continue;
		if (!*syllable)
			return false;
		buf_addc(to, ' ');
		buf_adds(to, syllable);
	}
	return true;
}

bool pinyin_name(const struct pinyin *p, struct text name, struct buf *to)
{
	const struct surname *s = find_surname(p, name);
	struct buf reading = { 0 };
	bool good;

	if (s) {
		buf_addc(&reading, ' ');
		buf_addt(&reading, s->reading);
		name.p += s->signs.n;
		name.n -= s->signs.n;
	}
	good = read_signs(p, name, &reading) && reading.n > 0;
	if (good)
		buf_add(to, reading.p + 1, reading.n - 1);
	buf_release(&reading);
	return good;
}
