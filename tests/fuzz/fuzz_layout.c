/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The head of a file: its delimiter, header, kind and what is no data, and
 * headers looked up in the table that ships its words here. First byte: the
 * delimiter; second: the first line; the rest: the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "canon/clean.h"
#include "canon/layout.h"
#include "tests/fuzz/fuzz.h"

static const char words[] =
	"canonical,alias,stream\n"
	"customer_id,客户编号,customer\nname,姓名,customer\n"
	"phone,手机,customer\nvin,车架号,vehicle\nplate_no,车牌号,vehicle\n"
	"order_no,订单号,sale\nsale_price,成交价,sale\n"
	"ro_no,工单号,service\nsettlement_date,结算日期,service\n"
	"labor_amount,工时费,service\nparts_amount,配件费,service\n"
	"paid_amount,实收金额,service\nmileage_km,里程,service\n"
	"case_id,投诉编号,complaint\nresponse_id,问卷编号,survey\n"
	"lead_id,线索编号,lead\nrow_no,序号,common\nnote,备注,common\n";

/* A header is compared in one form, and what is found keeps to the rules. */
static void check_header(const struct aliases *a, struct text header)
{
	struct buf once = {0}, twice = {0};
	bool known = false;

	header_fold(&once, header);
	header_fold(&twice, buf_text(&once));
	must(text_eq(buf_text(&once), buf_text(&twice)));
	must(utf8_bad(once.p, once.n) == once.n);
	for (int kind = 0; kind <= EXPORT_KINDS; kind++) {
		struct header_match m =
			header_match(a, (enum export)kind, header);

		must((m.field == FIELD_NONE) == (m.rule == HEADER_UNKNOWN));
		must(m.field == FIELD_NONE || m.field < field_count);
		must(!m.in_wan || m.bare);
		known |= m.field != FIELD_NONE;
		header_rule_name(m.rule);
	}
	must(!header_is_known(a, header) || known);
	buf_release(&once);
	buf_release(&twice);
}

static void check_names(const struct aliases *a, struct grid *g,
			const struct layout *l)
{
	size_t n = layout_width(g, l);
	struct text *name = mem_alloc(n + 1, sizeof(*name));
	int evidence[EXPORT_KINDS];
	enum export kind;

	layout_names(a, g, l, name);
	for (size_t i = 0; i < n; i++)
		must(utf8_bad(name[i].p, name[i].n) == name[i].n);
	must(l->row < g->rows && l->row < LAYOUT_ROWS);
	must(!l->two_level || l->row > 0);
	must(n >= g->width[l->row]);
	for (size_t i = 0; i < n; i++) {
		name[i] = clean_text(layout_name(g, l, i));
		check_header(a, name[i]);
	}
	kind = layout_kind(a, name, n, evidence);
	must(kind < EXPORT_KINDS);
	for (int k = 0; k < EXPORT_KINDS; k++)
		must(evidence[k] >= 0 && evidence[k] <= evidence[kind]);
	/* The header again is no data, whatever it says. */
	if (n > 1 && !l->two_level && name[0].n && name[1].n)
		must(layout_not_data(g->cell[l->row], g->width[l->row], name,
				     n));
	for (size_t r = 0; r < g->rows; r++) {
		bool empty = true;

		for (size_t i = 0; i < g->width[r]; i++)
			empty &= clean_text(g->cell[r][i]).n == 0;
		must(!empty ||
		     layout_not_data(g->cell[r], g->width[r], name, n));
	}
	free(name);
}

/* The same bytes as objects: each row has a cell for each key. */
static void check_objects(struct text head, bool array)
{
	struct jsonin *json = jsonin_new();
	struct grid g = {0};

	grid_fill_json(&g, json, head, true, array, 60);
	must(g.rows <= 60 && g.rows != 1);
	for (size_t r = 0; r < g.rows; r++)
		must(g.width[r] == jsonin_columns(json));
	grid_release(&g);
	jsonin_free(json);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char delimiters[] = {',', '\t', ';', '|'};
	static struct aliases *aliases;
	struct layout l;
	struct text head;
	size_t line;
	char found, *copy;

	if (size < 2)
		return 0;
	if (!aliases) {
		aliases = aliases_empty();
		must(!aliases_add(aliases, text_of(words), &line));
	}
	copy = mem_alloc(size, 1);
	memcpy(copy, data, size);
	head = (struct text){copy + 2, size - 2};
	head.n = utf8_bad(head.p, head.n);
	found = layout_delimiter(aliases, head, true, 1 + data[1] % 4);
	must(memchr(delimiters, found, sizeof(delimiters)) != NULL);
	for (int whole = 0; whole < 2; whole++) {
		struct grid g = {0};

		grid_fill(&g, head, whole, delimiters[data[0] % 4],
			  1 + data[1] % 4, 60);
		must(g.rows <= 60);
		for (size_t r = 1; r < g.rows; r++)
			must(g.line[r] > g.line[r - 1]);
		if (layout_find(aliases, &g, &l))
			check_names(aliases, &g, &l);
		else
			must(g.rows == 0);
		grid_release(&g);
	}
	check_objects(head, false);
	check_objects(head, true);
	free(copy);
	return 0;
}
