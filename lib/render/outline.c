/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk over the report, top to bottom. */
#include "render/outline.h"

#include "render/words.h"

static void write_blocks(struct buf *b, const struct report *r,
			 const struct section *s, const struct outline *o)
{
	for (size_t i = 0; i < s->n; i++) {
		o->block(b, r, &s->block[i]);
		if (!report_lists_on(s, i))
			buf_addc(b, '\n');
	}
}

static void write_contents(struct buf *b, const struct report *r,
			   const struct outline *o)
{
	struct buf words = {0};

	for (size_t p = REPORT_SUMMARY; p < REPORT_PARTS; p++) {
		o->entry(b, r->part[p].title, OUTLINE_PART);
		for (size_t i = 0; i < r->part[p].n; i++) {
			if (!r->part[p].section[i]->title)
				continue;
			buf_clear(&words);
			words_heading(&words, r, p, i);
			o->entry(b, words.p, OUTLINE_SECTION);
		}
	}
	buf_addc(b, '\n');
	buf_release(&words);
}

static void write_part(struct buf *b, const struct report *r, size_t which,
		       const struct outline *o)
{
	const struct part *p = &r->part[which];
	struct buf words = {0};

	if (which != REPORT_TITLE)
		o->heading(b, p->title, OUTLINE_PART);
	if (which == REPORT_CONTENTS)
		write_contents(b, r, o);
	for (size_t i = 0; i < p->n; i++) {
		if (p->section[i]->title) {
			buf_clear(&words);
			words_heading(&words, r, which, i);
			o->heading(b, words.p, OUTLINE_SECTION);
		}
		write_blocks(b, r, p->section[i], o);
	}
	buf_release(&words);
}

void outline_write(struct buf *b, const struct report *r,
		   const struct outline *o)
{
	o->heading(b, r->title, OUTLINE_REPORT);
	if (*r->subtitle)
		o->subtitle(b, r->subtitle);
	for (size_t p = 0; p < REPORT_PARTS; p++)
		write_part(b, r, p, o);
}
