/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a report's figures come from: its inputs, and each figure's command. */
#include "base/msg.h"
#include "render/report_in.h"
#include "render/words.h"

void report_sources(struct report *r, struct section *s)
{
	struct table *t = report_new_table(r, report_block(s, BLOCK_SOURCES));

	table_column(r, t, "stream", tr("Stream"), VALUE_TEXT);
	table_column(r, t, "file", tr("File"), VALUE_TEXT);
	table_column(r, t, "rows", tr("Rows"), VALUE_COUNT);
	table_column(r, t, "rejected", tr("Set aside"), VALUE_COUNT);
	table_column(r, t, "first", tr("First day"), VALUE_DAY);
	table_column(r, t, "last", tr("Last day"), VALUE_DAY);
	table_column(r, t, "sha256", "SHA-256", VALUE_TEXT);
	for (size_t i = 0; i < r->nsources; i++) {
		const struct report_source *from = &r->source[i];
		table_cell(r, t, value_text(from->label));
		table_cell(r, t, value_text(from->file));
		table_cell(r, t, value_count((int64_t)from->rows));
		table_cell(r, t, value_count((int64_t)from->rejected));
		table_cell(r, t, value_day(from->first_day));
		table_cell(r, t, value_day(from->last_day));
		table_cell(r, t, value_text(from->sha256));
	}
}

/* The inputs of a figure, by name. */
static const char *origin_files(struct report *r, const struct origin *o)
{
	struct buf b = {0};

	for (size_t i = 0; i < o->nsources; i++) {
		buf_adds(&b, i ? ", " : "");
		buf_adds(&b, r->source[o->source[i]].file);
	}
	const char *files = report_str(r, buf_text(&b));
	buf_release(&b);
	return files;
}

static void origin_row(struct report *r, struct table *t, const char *what,
		       const struct origin *o)
{
	table_cell(r, t, value_text(what));
	table_cell(r, t, value_text(o->command));
	table_cell(r, t, value_text(origin_files(r, o)));
}

static void origins_of(struct report *r, struct table *t, const struct block *b)
{
	struct buf number = {0};

	switch (b->kind) {
	case BLOCK_CARDS:
		for (size_t i = 0; i < b->cards->n; i++)
			origin_row(r, t, b->cards->card[i].label,
				   &b->cards->card[i].origin);
		break;
	case BLOCK_TABLE:
	case BLOCK_FIGURE:
		words_number(&number, b);
		origin_row(r, t, number.p, &b->origin);
		break;
	default:
		break;
	}
	buf_release(&number);
}

void report_origins(struct report *r, struct section *s)
{
	struct table *t = report_list(r, s);

	table_column(r, t, "figure", tr("What"), VALUE_TEXT);
	table_column(r, t, "command", tr("Command"), VALUE_TEXT);
	table_column(r, t, "inputs", tr("Inputs"), VALUE_TEXT);
	for (size_t p = 0; p < REPORT_PARTS; p++)
		for (size_t i = 0; i < r->part[p].n; i++) {
			const struct section *from = r->part[p].section[i];
			for (size_t k = 0; k < from->n; k++)
				origins_of(r, t, &from->block[k]);
		}
}
