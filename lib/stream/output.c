/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells and rows out, each format in its way. */
#include <math.h>
#include <string.h>

#include "base/day.h"
#include "base/msg.h"
#include "base/number.h"
#include "stream/csv_out.h"
#include "stream/json_out.h"
#include "stream/output_state.h"

static void watch(struct output *o, struct text t)
{
	if (o->get && o->at == o->get_column) {
		buf_clear(&o->got);
		buf_addt(&o->got, t);
	}
	for (size_t i = 0; i < o->alarms; i++) {
		const struct condition *c = &o->alarm[i].condition;
		struct cell cell;

		if (o->alarm[i].column == o->at &&
		    cell_parse(t, c->type, 0, &cell) && pick_holds(c, &cell))
			o->alarmed = true;
	}
}

static void put_csv(struct output *o, struct text t)
{
	char delimiter = o->format == TSV ? '\t' : ',';
	bool bare = output_is_number(o->type[o->at]);

	/* A line without a byte would be taken for a blank one. */
	if (o->columns == 1 && t.n == 0) {
		sink_puts(o->sink, "\"\"");
	} else if (o->spreadsheet && !bare) {
		if (o->at)
			sink_put(o->sink, &delimiter, 1);
		csvout_spreadsheet_cell(o->sink, t, delimiter);
	} else {
		csvout_next(o->sink, t, delimiter, !o->at, bare);
	}
}

static void put_json(struct output *o, struct text t, bool bare)
{
	if (!o->at && o->format == JSON)
		sink_puts(o->sink, o->rows ? ",\n" : "\n");
	sink_put(o->sink, o->json_name[o->at].p, o->json_name[o->at].n);
	if (t.n == 0) {
		sink_puts(o->sink, "null");
	} else if (bare) {
		sink_put(o->sink, t.p, t.n);
	} else {
		buf_clear(&o->scratch);
		jsonout_string(&o->scratch, t);
		sink_put(o->sink, o->scratch.p, o->scratch.n);
	}
}

/* Every cell comes through here as text; `bare`: JSON takes it unquoted. */
static void put(struct output *o, struct text t, bool bare)
{
	if (o->at == o->columns)
		bug("a row has more cells than columns");
	if (o->get || o->alarms)
		watch(o, t);
	if (o->get)
		;
	else if (o->table)
		tableout_cell(o->table, t);
	else if (o->format == CSV || o->format == TSV)
		put_csv(o, t);
	else
		put_json(o, t, bare);
	o->at++;
}

void output_empty(struct output *o)
{
	put(o, (struct text){ 0 }, true);
}

void output_text(struct output *o, struct text t)
{
	put(o, t, false);
}

void output_str(struct output *o, const char *s)
{
	put(o, text_of(s), false);
}

void output_int(struct output *o, int64_t v)
{
	char s[24];
	size_t n = 0;

	if (v < 0)
		s[n++] = '-';
	n += text_put_u64(s + n, v < 0 ? -(uint64_t)v : (uint64_t)v);
	put(o, (struct text){ s, n }, true);
}

void output_money(struct output *o, int64_t fen)
{
	char s[MONEY_MAX_BYTES];

	put(o, (struct text){ s, money_format(fen, s) }, true);
}

int64_t output_narrow(money_wide fen)
{
	int64_t narrow;

	if (!money_narrow(fen, &narrow))
		die("a total is too large");
	return narrow;
}

void output_money_wide(struct output *o, money_wide fen)
{
	output_money(o, output_narrow(fen));
}

void output_real(struct output *o, double v)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(v))
		put(o, (struct text){ s, number_format(v, s) }, true);
	else
		output_empty(o);
}

void output_share(struct output *o, money_wide numerator,
		  money_wide denominator)
{
	char s[MONEY_SHARE_BYTES];
	size_t n = money_format_share(numerator, denominator, s);

	put(o, (struct text){ s, n }, true);
}

void output_share_real(struct output *o, double share)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(share))
		put(o, (struct text){ s, number_format_share(share, s) },
		    true);
	else
		output_empty(o);
}

void output_fixed4(struct output *o, double v)
{
	char s[NUMBER_MAX_BYTES];

	if (isfinite(v))
		put(o, (struct text){ s, number_format_fixed(v, 4, s) },
		    true);
	else
		output_empty(o);
}

void output_tenths(struct output *o, int64_t tenths)
{
	uint64_t size = tenths < 0 ? -(uint64_t)tenths : (uint64_t)tenths;
	char s[NUMBER_MAX_BYTES];
	size_t n = 0;

	if (tenths < 0)
		s[n++] = '-';
	n += text_put_u64(s + n, size / 10);
	s[n++] = '.';
	s[n++] = (char)('0' + size % 10);
	put(o, (struct text){ s, n }, true);
}

void output_day(struct output *o, int32_t day)
{
	char s[DAY_BYTES];

	if (day == DAY_NONE)
		output_empty(o);
	else
		put(o, (struct text){ s, day_format(day, s) }, false);
}

void output_instant(struct output *o, int64_t us, int zone_minutes)
{
	char s[INSTANT_BYTES];

	put(o, (struct text){ s, instant_format(us, zone_minutes, s) }, false);
}

void output_json(struct output *o, struct text json)
{
	put(o, json, true);
}

/* ---- rows ---- */

void output_end(struct output *o)
{
	if (o->at != o->columns)
		bug("a row has %zu cells under %zu columns", o->at,
		    o->columns);
	o->at = 0;
	o->rows++;
	if (o->get)
		return;
	if (o->table)
		tableout_end(o->table);
	else if (o->format == CSV || o->format == TSV)
		csvout_end(o->sink);
	else
		sink_puts(o->sink, o->format == JSON ? "}" : "}\n");
}

/* Nothing is asked of single cells, and they stand as they are. */
static bool is_plain(const struct output *o)
{
	return (o->format == CSV || o->format == TSV) && !o->get &&
	       !o->alarms && !o->spreadsheet && o->columns > 1;
}

void output_row(struct output *o, const struct text *cell)
{
	if (is_plain(o)) {
		csvout_row(o->sink, cell, o->columns,
			   o->format == TSV ? '\t' : ',');
		o->rows++;
		return;
	}
	for (size_t i = 0; i < o->columns; i++)
		put(o, cell[i], cell[i].n == 0 || output_is_number(o->type[i]));
	output_end(o);
}

bool output_takes_lines(const struct output *o)
{
	return o->format == CSV && is_plain(o);
}

void output_line(struct output *o, const struct text *piece, size_t n,
		 size_t empty)
{
	size_t room = empty + 1;
	char *to;

	for (size_t i = 0; i < n; i++)
		room += piece[i].n;
	to = sink_room(o->sink, room);
	for (size_t i = 0; i < n; i++)
		to = text_put(to, piece[i]);
	memset(to, ',', empty);
	to[empty] = '\n';
	sink_wrote(o->sink, room);
	o->rows++;
}

uint64_t output_rows(const struct output *o)
{
	return o->rows;
}

void output_flush(struct output *o)
{
	if (!o->table)
		sink_flush(o->sink);
}
