/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows and cells of a sheet, and the truth about each line. */
#include <string.h>

#include "base/money.h"
#include "model/sample_sheet.h"

#define DUPLICATES 700 /* millionths of rows written twice */

static const char *const fault_name[SAMPLE_FAULTS] = {
	[SAMPLE_FINE] = "",
	[SAMPLE_BAD_DATE] = "bad-date",
	[SAMPLE_BAD_PHONE] = "bad-phone",
	[SAMPLE_BAD_VIN] = "bad-vin",
	[SAMPLE_RAGGED] = "ragged",
	[SAMPLE_DUPLICATE] = "duplicate",
};

void sample_entity(char to[16], uint32_t party)
{
	text_putf(to, 16, "P%07u", party + 1);
}

void sample_sheet_start(struct sample_sheet *s)
{
	while (s->header[s->columns])
		s->columns++;
	s->line = 1;
}

/* file,line,what,record,line_no,entity,vin,amount,fault */
static void truth(struct sample_sheet *s, const char *what, const char *fault)
{
	bool data = strcmp(what, "data") == 0;
	char money[MONEY_MAX_BYTES];
	size_t n = money_format(s->amount, money);

	buf_addf(s->rows, "%s,%llu,%s,", s->file, (unsigned long long)s->line,
		 what);
	if (data)
		buf_addf(s->rows, "%s,%u,%s,%s,%.*s", s->record, s->line_no,
			 s->entity, s->vin, (int)n, money);
	else
		buf_adds(s->rows, ",,,,");
	buf_addf(s->rows, ",%s\n", fault);
	if (data && s->entities && s->line_no == 1 &&
	    strcmp(fault, fault_name[SAMPLE_DUPLICATE]) != 0)
		buf_addf(s->entities, "%s,%s\n", s->record, s->entity);
}

static void end_line(struct sample_sheet *s)
{
	buf_adds(s->out, s->eol);
	s->line += 1 + s->lines_in_row;
	s->lines_in_row = 0;
	s->at = 0;
}

static void fill(struct sample_sheet *s, size_t columns)
{
	while (s->at < columns)
		sample_cell(s, (struct text){0});
}

void sample_sheet_note(struct sample_sheet *s, const char *what,
		       struct text words)
{
	sample_cell(s, words);
	fill(s, s->columns);
	truth(s, what, "");
	end_line(s);
	s->other++;
}

void sample_sheet_level(struct sample_sheet *s, const char *const *names)
{
	for (size_t i = 0; i < s->columns; i++)
		sample_cell_str(s, names[i]);
	truth(s, "header", "");
	end_line(s);
	s->other++;
}

void sample_sheet_header(struct sample_sheet *s)
{
	sample_sheet_level(s, s->header);
}

void sample_sheet_total(struct sample_sheet *s, bool all)
{
	sample_cell_str(s, "");
	sample_cell_str(s, all ? "合计" : "小计");
	while (s->at < s->columns) {
		size_t c = s->at;
		char money[MONEY_MAX_BYTES];
		size_t n =
			money_format(all ? s->sum[c].sum : s->group[c], money);

		sample_cell(s, (struct text){money, s->sum[c].money ? n : 0});
		s->group[c] = 0;
	}
	truth(s, all ? "total" : "subtotal", "");
	end_line(s);
	s->other++;
}

static enum sample_fault draw_fault(struct sample_sheet *s)
{
	enum sample_fault fault;

	if (!s->faults || !rng_chance(&s->rng, s->world->o.bad_millionths))
		return SAMPLE_FINE;
	do
		fault = (enum sample_fault)rng_between(&s->rng, SAMPLE_BAD_DATE,
						       SAMPLE_RAGGED);
	while (!(s->faults & 1u << fault));
	return fault;
}

void sample_sheet_begin(struct sample_sheet *s, const char *record,
			unsigned line_no, uint32_t party, uint32_t car)
{
	text_putf(s->record, sizeof(s->record), "%s", record);
	s->line_no = line_no;
	sample_entity(s->entity, party);
	s->vin[0] = '\0';
	if (car != UINT32_MAX)
		memcpy(s->vin, s->world->car[car].vin, sizeof(s->vin));
	s->amount = 0;
	s->row_start = s->out->n;
	s->fault = draw_fault(s);
	s->spoiled = false;
}

/* Cuts the row's last cells off, or adds one too many. */
static void spoil_length(struct sample_sheet *s)
{
	size_t cut = (size_t)rng_between(&s->rng, 0, 3);

	if (cut == 0) {
		buf_addc(s->out, s->delimiter);
		return;
	}
	/* before the delimiter in front of the first cell to go */
	s->out->n = s->start[s->at - cut] - 1;
	s->out->p[s->out->n] = '\0';
}

/* A row whose cells turned out not to hold what was to be spoiled stays as it
 * is. */
static void settle_fault(struct sample_sheet *s)
{
	if (s->fault == SAMPLE_RAGGED)
		spoil_length(s);
	else if (!s->spoiled)
		s->fault = SAMPLE_FINE;
}

static void count(struct sample_sheet *s)
{
	s->data++;
	s->bad += s->fault != SAMPLE_FINE;
	for (size_t c = 0; c < s->columns; c++) {
		s->sum[c].sum += s->row[c];
		s->group[c] += s->row[c];
		if (s->fault == SAMPLE_FINE)
			s->sum[c].fine += s->row[c];
		s->row[c] = 0;
	}
}

/* The same row once more, byte for byte. */
static void repeat(struct sample_sheet *s)
{
	size_t n = s->out->n - s->row_start;
	uint64_t lines = s->line;
	char *to;

	for (size_t i = s->row_start; i < s->row_start + n; i++)
		lines += s->out->p[i] == '\n';
	to = buf_room(s->out, n);
	memcpy(to, s->out->p + s->row_start, n);
	s->out->n += n;
	truth(s, "data", fault_name[SAMPLE_DUPLICATE]);
	s->line = lines;
	s->data++;
	s->twice++;
}

void sample_sheet_end(struct sample_sheet *s)
{
	settle_fault(s);
	count(s);
	truth(s, "data", fault_name[s->fault]);
	end_line(s);
	if (s->fault == SAMPLE_FINE && s->world->o.bad_millionths &&
	    rng_chance(&s->rng, DUPLICATES))
		repeat(s);
}

static bool needs_quotes(const struct sample_sheet *s, struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] == s->delimiter || t.p[i] == '"' || t.p[i] == '\n' ||
		    t.p[i] == '\r')
			return true;
	return false;
}

void sample_cell(struct sample_sheet *s, struct text t)
{
	bool quotes = needs_quotes(s, t);

	if (s->at)
		buf_addc(s->out, s->delimiter);
	s->start[s->at++] = s->out->n;
	if (!quotes) {
		buf_addt(s->out, t);
		return;
	}
	buf_addc(s->out, '"');
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '"')
			buf_addc(s->out, '"');
		s->lines_in_row += t.p[i] == '\n';
		buf_addc(s->out, t.p[i]);
	}
	buf_addc(s->out, '"');
}

void sample_cell_str(struct sample_sheet *s, const char *words)
{
	sample_cell(s, text_of(words));
}

void sample_cell_above(struct sample_sheet *s)
{
	static const char mark[] = {SAMPLE_AS_ABOVE};

	sample_cell(s, (struct text){mark, s->workbook ? 1 : 0});
}

void sample_cell_int(struct sample_sheet *s, int64_t v)
{
	char to[24];
	size_t n = text_putf(to, sizeof(to), "%lld", (long long)v);

	sample_cell(s, (struct text){to, n});
}
