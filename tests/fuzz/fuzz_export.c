/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A whole export, from its head to the rows of a stream. First byte: the
 * stream; second: the kind of export, or 0 to find it; the rest: the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "canon/project.h"
#include "tests/fuzz/fuzz.h"

static const char words[] =
	"canonical,alias,stream\n"
	"customer_id,客户编号,customer\nname,姓名,customer\n"
	"phone,手机,customer\nphone_alt,电话,customer\n"
	"id_no,证件号,customer\ngender,性别,customer\n"
	"vin,VIN,vehicle\nplate_no,车牌,vehicle\nmileage_km,里程,service\n"
	"order_no,订单号,sale\npurchased_on,购车日期,sale\n"
	"sale_price,成交价,sale\nsale_status,订单状态,sale\n"
	"ro_no,工单号,service\nsettlement_date,结算日期,service\n"
	"labor_amount,工时费,service\nparts_amount,配件费,service\n"
	"paid_amount,实收,service\ndiscount_amount,优惠,service\n"
	"part_no,件号,service\nquantity,数量,service\n"
	"unit_price,单价,service\ncase_id,投诉编号,complaint\n"
	"complaint_date,受理时间,complaint\nclosed_date,结案时间,complaint\n"
	"assigned_date,派单时间,complaint\n"
	"complaint_status,状态,complaint\nresponse_id,问卷编号,survey\n"
	"date,回访日期,survey\nnps,推荐,survey\nlead_id,线索编号,lead\n"
	"created_on,线索日期,lead\nrow_no,序号,common\n";

static struct text key_of(void *ctx, uint32_t who)
{
	return identity_id(ctx, who);
}

static void project_grid(const struct grid *g, const struct plan *plan,
			 const struct extras *extras)
{
	struct project_options options = { .rules.zone_minutes = 480 };
	struct identity *identity = identity_new();
	struct project_column *columns;
	size_t n = project_columns(plan->schema, extras, &columns), rows;
	struct shelf *shelf = shelf_new(plan_has_flags(plan->schema) ?
						SHELF_ENTITIES :
						SHELF_EVENTS,
					n);
	struct project *p = project_new(plan, extras, &options, "fuzz.csv",
					identity, shelf);
	struct project_fault fault;
	struct shelf_row row;

	for (size_t r = 1; r < g->rows; r++)
		if (g->width[r] == plan->columns &&
		    !layout_not_data(g->cell[r], g->width[r], g->cell[0],
				     g->width[0]))
			project_row(p, g->cell[r], &fault);
	identity_resolve(identity);
	rows = shelf_finish(shelf, key_of, identity);
	for (size_t i = 0; i < rows; i++) {
		shelf_row(shelf, i, &row);
		if (row.who != SHELF_NOBODY &&
		    identity_id(identity, row.who).n == 0)
			abort();
		for (size_t c = 0; c < n; c++)
			if (utf8_bad(row.cell[c].p, row.cell[c].n) !=
			    row.cell[c].n)
				abort();
	}
	project_free(p);
	shelf_free(shelf);
	identity_free(identity);
	free(columns);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char *const streams[] = { "customers",  "vehicles",
					       "transactions", "surveys",
					       "complaints", "leads" };
	static struct aliases *aliases;
	struct reading_rules rules = { .zone_minutes = 480 };
	struct extras extras = { 0 };
	struct grid g = { 0 };
	struct layout l = { 0 };
	struct plan plan;
	struct text head;
	int points[EXPORT_KINDS];
	size_t line;

	if (size < 2)
		return 0;
	if (!aliases) {
		aliases = aliases_empty();
		if (aliases_add(aliases, text_of(words), &line))
			abort();
	}
	head = (struct text){ (const char *)data + 2, size - 2 };
	head.n = utf8_bad(head.p, head.n);
	layout_delimiter(aliases, head, true, 1);
	grid_fill(&g, head, true, ',', 1, 100);
	if (layout_find(aliases, &g, &l)) {
		const struct plan_file file = {
			.kind = data[1] % 8 ? (enum export)(data[1] % 8 - 1) :
					      EXPORT_COMMON,
			.header = g.cell[0],
			.columns = g.width[0],
			.grid = &g,
			.first_sample = 1,
		};

		plan_make(&plan, aliases,
			  schema_find(text_of(streams[data[0] % 6])), &file,
			  &rules, &extras, points);
		extras_sort(&extras);
		plan_extras(&plan, &extras);
		project_grid(&g, &plan, &extras);
		plan_release(&plan);
	}
	extras_release(&extras);
	grid_release(&g);
	return 0;
}
