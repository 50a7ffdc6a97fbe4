/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that all writers of reports need. */
#include "render/words.h"

#include <string.h>

#include "base/msg.h"

void words_heading(struct buf *b, const struct report *r, size_t part,
		   size_t section)
{
	if (part == REPORT_BODY)
		buf_addf(b, "%zu ", section + 1);
	else if (part == REPORT_APPENDIX && section < 26)
		buf_addf(b, "%c ", (char)('A' + section));
	buf_adds(b, r->part[part].section[section]->title);
}

void words_reference(struct buf *b, const struct report *r, const char *id)
{
	for (size_t p = 0; p < REPORT_PARTS; p++)
		for (size_t i = 0; i < r->part[p].n; i++)
			if (r->part[p].section[i]->title &&
			    strcmp(r->part[p].section[i]->id, id) == 0) {
				buf_adds(b, tr("see "));
				words_heading(b, r, p, i);
				return;
			}
}

void words_rows(struct buf *b, uint64_t rows)
{
	struct buf number = {0};

	value_show(&number, value_count((int64_t)rows));
	buf_addf(b, rows == 1 ? tr("%s row") : tr("%s rows"), number.p);
	buf_release(&number);
}

void words_number(struct buf *b, const struct block *block)
{
	if (block->kind == BLOCK_TABLE)
		buf_addf(b, tr("Table %zu"), block->table->number);
	else
		buf_addf(b, tr("Figure %zu"), block->figure->number);
}

void words_source(struct buf *b, const struct report_source *s)
{
	buf_addf(b, "%s, ", s->file);
	words_rows(b, s->rows);
	buf_addf(b, ", SHA-256 %.12s…", s->sha256);
}
