/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a dealership: what they are called and how they are written,
 * and what all of them need. */
#include "base/mem.h"
#include "base/money.h"
#include "model/sample_pages.h"

#define ANY_FAULT                                                              \
	(1u << SAMPLE_BAD_DATE | 1u << SAMPLE_BAD_PHONE | 1u << SAMPLE_RAGGED)
#define VIN_FAULT (1u << SAMPLE_BAD_VIN)

const char sample_rows_header[] =
	"file,line,what,record,line_no,entity,vin,amount,fault\n";
const char sample_sums_header[] = "file,measure,value,without_faults\n";
const char sample_entities_header[] = "record,entity\n";

void sample_document(char to[SAMPLE_DOCUMENT], const char *prefix, int32_t day,
		     size_t number)
{
	struct civil c = day_civil(day);

	text_putf(to, SAMPLE_DOCUMENT, "%.2s%04u%02u%06u", prefix,
		  (unsigned)c.year % 10000, (unsigned)c.month % 100,
		  (unsigned)number + 1);
}

void sample_deal_no(const struct sample_world *w, size_t i,
		    char to[SAMPLE_DOCUMENT])
{
	sample_document(to, "XS", w->deal[i].day, i);
}

void sample_visit_no(const struct sample_world *w, size_t i,
		     char to[SAMPLE_DOCUMENT])
{
	sample_document(to, "JS", w->visit[i].day, i);
}

void sample_slip_no(const struct sample_world *w, size_t i,
		    char to[SAMPLE_DOCUMENT])
{
	sample_document(to, "BJ", w->piece[i].day, w->piece[i].document - 1);
}

void sample_case_no(const struct sample_world *w, size_t i,
		    char to[SAMPLE_DOCUMENT])
{
	sample_document(to, "TS", (int32_t)(w->casus[i].opened / DAY_MINUTES),
			i);
}

void sample_cell_of(struct sample_sheet *s, enum sample_lists list,
		    uint32_t row, size_t column)
{
	sample_cell(s, sample_list_get(&s->world->list[list], row, column));
}

void sample_cell_word(struct sample_sheet *s, uint32_t row)
{
	sample_cell(s, sample_word(s->world, row));
}

void sample_cell_staff(struct sample_sheet *s, uint32_t staff)
{
	sample_cell_str(s, s->world->staff[staff].name);
}

/* A word of a kind that has only one, such as the store's name. */
struct text sample_the_word(const struct sample_world *w, const char *kind)
{
	struct sample_range range =
		sample_list_range(&w->list[SAMPLE_WORDS], 0, text_of(kind));

	return sample_word(w, (uint32_t)range.first);
}

void sample_titles(struct sample_sheet *s, const char *report)
{
	struct buf line = {0};
	struct text store = sample_the_word(s->world, "store");
	struct civil a = day_civil(s->world->o.first);
	struct civil b = day_civil(s->world->o.last);

	buf_addt(&line, store);
	buf_adds(&line, report);
	sample_sheet_note(s, "title", buf_text(&line));
	buf_clear(&line);
	buf_addf(&line,
		 "统计日期：%04d-%02d-%02d 至 %04d-%02d-%02d　制表人：%s",
		 a.year, a.month, a.day, b.year, b.month, b.day,
		 s->world->staff[s->world->role_first[SAMPLE_CARE]].name);
	sample_sheet_note(s, "title", buf_text(&line));
	buf_release(&line);
}

void sample_footer(struct sample_sheet *s)
{
	struct buf line = {0};
	struct civil c = day_civil(s->world->o.last + 1);

	buf_addf(&line, "打印时间：%04d-%02d-%02d 09:12:45", c.year, c.month,
		 c.day);
	sample_sheet_note(s, "footer", buf_text(&line));
	buf_release(&line);
}

const struct sample_file sample_file[] = {
	{"整车销售.csv", SAMPLE_GB18030, "a car sold"},
	{"维修结算单.csv", SAMPLE_GB18030, "a repair order"},
	{"备件销售.csv", SAMPLE_GB18030, "a line of a parts slip"},
	{"客户档案.csv", SAMPLE_UTF8_BOM, "a customer"},
	{"满意度调查.csv", SAMPLE_UTF8, "an answered survey"},
	{"投诉登记.csv", SAMPLE_GB18030, "a complaint"},
	{"潜客线索.txt", SAMPLE_UTF16, "a lead"},
	{"保养提醒.csv", SAMPLE_GB18030, "a car and its owner"},
	{"会员名单.xls", SAMPLE_HTML, "a member of the club"},
	{"续保台账.xlsx", SAMPLE_WORKBOOK, "a car and its owner"},
};

const size_t sample_files = NELEMS(sample_file);

/* The rest of what makes a file, in the order of sample_file. */
static const struct {
	const char *const *header;
	void (*write)(struct sample_sheet *);
	const char *eol;
	char delimiter;
	enum sample_dates dates;
	unsigned faults;
} manner[NELEMS(sample_file)] = {
	{sample_sales_header, sample_page_sales, "\r\n", ',', SAMPLE_CHINESE,
	 ANY_FAULT | VIN_FAULT},
	{sample_service_header, sample_page_service, "\r\n", ',', SAMPLE_CLOCK,
	 ANY_FAULT | VIN_FAULT},
	{sample_parts_header, sample_page_parts, "\r\n", ',', SAMPLE_SLASH,
	 ANY_FAULT | VIN_FAULT},
	{sample_customers_header, sample_page_customers, "\r\n", ',',
	 SAMPLE_SLASH, ANY_FAULT},
	{sample_survey_header, sample_page_survey, "\n", ',', SAMPLE_DASH,
	 ANY_FAULT | VIN_FAULT},
	{sample_complaints_header, sample_page_complaints, "\r\n", ',',
	 SAMPLE_CLOCK, ANY_FAULT},
	{sample_leads_header, sample_page_leads, "\r\n", '\t', SAMPLE_COMPACT,
	 ANY_FAULT},
	{sample_remind_header, sample_page_remind, "\r\n", ',', SAMPLE_SLASH,
	 VIN_FAULT},
	{sample_club_header, sample_page_club, "\n", SAMPLE_CELL_END,
	 SAMPLE_DASH, 0},
	{sample_renewal_header, sample_page_renewal, "\n", SAMPLE_CELL_END,
	 SAMPLE_SLASH, VIN_FAULT},
};

static void write_sum(struct buf *to, const struct sample_sheet *s,
		      size_t column)
{
	char all[MONEY_MAX_BYTES], fine[MONEY_MAX_BYTES];
	size_t n = money_format(s->sum[column].sum, all);
	size_t m = money_format(s->sum[column].fine, fine);

	buf_addf(to, "%s,%s,%.*s,%.*s\n", s->file, s->header[column], (int)n,
		 all, (int)m, fine);
}

/* Counts first, then the sum of each column of money. A row that stands twice
 * is counted twice in `data` and once in the sums. */
static void write_sums(struct buf *to, const struct sample_sheet *s)
{
	buf_addf(to, "%s,lines,%llu,\n", s->file,
		 (unsigned long long)(s->data + s->other));
	buf_addf(to, "%s,data,%llu,%llu\n", s->file,
		 (unsigned long long)s->data,
		 (unsigned long long)(s->data - s->bad - s->twice));
	buf_addf(to, "%s,bad,%llu,\n", s->file, (unsigned long long)s->bad);
	buf_addf(to, "%s,duplicate,%llu,\n", s->file,
		 (unsigned long long)s->twice);
	for (size_t c = 0; c < s->columns; c++)
		if (s->sum[c].money)
			write_sum(to, s, c);
}

void sample_export(const struct sample_world *w, size_t i, struct buf *out,
		   struct buf *rows, struct buf *sums, struct buf *entities)
{
	struct sample_sheet s = {.world = w,
				 .out = out,
				 .rows = rows,
				 .entities = entities,
				 .workbook =
					 manner[i].delimiter == SAMPLE_CELL_END,
				 .file = sample_file[i].name,
				 .header = manner[i].header,
				 .eol = manner[i].eol,
				 .delimiter = manner[i].delimiter,
				 .dates = manner[i].dates,
				 .faults = manner[i].faults};

	s.rng = sample_rng(w, SAMPLE_STREAM_SHEET, i);
	sample_sheet_start(&s);
	manner[i].write(&s);
	write_sums(sums, &s);
}
