/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small table in which the newer reading takes the older one's place. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "canon/memo.h"

#define PLACES 256
#define RAW_BYTES 48
#define TEXT_BYTES 64
/* After so many questions at least a quarter must have been answered. */
#define TRIAL 2048

struct place {
	struct reading reading;
	enum reason reason;
	unsigned n;		/* of the raw cell; 0: nothing here */
	char raw[RAW_BYTES];
	char text[TEXT_BYTES];
};

struct memo {
	struct place *place;
	unsigned asked, answered;
	bool off;
};

struct memo *memo_new(void)
{
	return mem_zalloc(1, sizeof(struct memo));
}

void memo_free(struct memo *m)
{
	if (!m)
		return;
	free(m->place);
	free(m);
}

static void judge_usefulness(struct memo *m)
{
	if (++m->asked < TRIAL)
		return;
	m->off = m->answered < m->asked / 4;
	m->asked = m->answered = 0;
}

/* The texts must last longer than the row. */
static void keep(struct place *p, struct text raw, const struct reading *r,
		 enum reason reason)
{
	char *to = p->text;

	p->n = 0;
	if (r->text.n + r->more.n > TEXT_BYTES)
		return;
	p->n = (unsigned)raw.n;
	text_put(p->raw, raw);
	p->reason = reason;
	p->reading = *r;
	p->reading.text.p = to;
	to = text_put(to, r->text);
	p->reading.more.p = to;
	text_put(to, r->more);
}

enum reason memo_take(struct memo *m, struct text raw,
		      const struct reading_column *column,
		      const struct reading_rules *rules, char *to,
		      struct reading *r)
{
	struct place *p;
	enum reason reason;

	if (m->off || raw.n == 0 || raw.n > RAW_BYTES)
		return reading_judge(raw, column, rules, to, r);
	if (!m->place)
		m->place = mem_zalloc(PLACES, sizeof(*m->place));
	judge_usefulness(m);
	p = &m->place[hash_bytes(raw.p, raw.n) % PLACES];
	if (p->n == raw.n && memcmp(p->raw, raw.p, raw.n) == 0) {
		m->answered++;
		*r = p->reading;
		return p->reason;
	}
	reason = reading_judge(raw, column, rules, to, r);
	keep(p, raw, r, reason);
	return reason;
}
