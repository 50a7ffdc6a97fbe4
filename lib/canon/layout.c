/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout by counting: which words are headers, which cells are filled. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/group.h"
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/layout.h"
#include "canon/question.h"
#include "stream/csv_in.h"

/* ---- the grid ---- */

size_t grid_add(struct grid *g, size_t width)
{
	if (g->rows == g->cap) {
		g->cap = g->cap * 2 + 32;
		g->cell = mem_resize(g->cell, g->cap, sizeof(*g->cell));
		g->width = mem_resize(g->width, g->cap, sizeof(*g->width));
		g->line = mem_resize(g->line, g->cap, sizeof(*g->line));
		g->raw = mem_resize(g->raw, g->cap, sizeof(*g->raw));
	}
	g->cell[g->rows] = arena_alloc(&g->hold, width * sizeof(struct text));
	g->width[g->rows] = width;
	return g->rows++;
}

/* A value that stands in the head itself is borrowed, else copied. */
static struct text hold(struct grid *g, struct text value, struct text head)
{
	if (value.n == 0 ||
	    (value.p >= head.p && value.p + value.n <= head.p + head.n))
		return value;
	return (struct text){ arena_copy(&g->hold, value.p, value.n),
			      value.n };
}

void grid_fill(struct grid *g, struct text head, bool whole, char delimiter,
	       uint64_t from, size_t max)
{
	struct csvin *csv = csvin_new(delimiter);
	struct frames f = { .by_row = g->by_row };

	frame_csv(&f, head.p, head.n, delimiter, whole);
	for (size_t i = 0; i < f.n && g->rows < max; i++) {
		const struct framed *rec = &f.rec[i];

		if (rec->fault || (uint64_t)rec->line + 1 < from)
			continue;
		grid_add(g, rec->fields);
		g->line[g->rows - 1] = rec->line + 1;
		g->raw[g->rows - 1] = (struct text){ head.p + rec->start,
						     rec->stop - rec->start };
		csvin_begin(csv, rec->stop - rec->start);
		for (size_t k = 0; k < rec->fields; k++) {
			struct text value = { 0 };

			csvin_value(csv, csvin_raw(&f, rec, head.p, k), &value);
			g->cell[g->rows - 1][k] = hold(g, value, head);
		}
	}
	frames_release(&f);
	csvin_free(csv);
}

void grid_release(struct grid *g)
{
	free(g->cell);
	free(g->width);
	free(g->line);
	free(g->raw);
	arena_release(&g->hold);
	*g = (struct grid){ 0 };
}

/* ---- the header ---- */

static struct text cell_at(const struct grid *g, size_t row, size_t i)
{
	if (i >= g->width[row])
		return (struct text){ 0 };
	return clean_text(g->cell[row][i]);
}

/* Cells that hold something of their own: a title that fills the cells it is
 * merged with counts once. */
static size_t filled(const struct grid *g, size_t row)
{
	struct text left = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < g->width[row]; i++) {
		struct text t = cell_at(g, row, i);

		n += t.n > 0 && !text_eq(t, left);
		left = t;
	}
	return n;
}

static struct text lower_name(const struct grid *g, size_t row, size_t i)
{
	return row < g->rows ? cell_at(g, row, i) : (struct text){ 0 };
}

/* Known headers of a row; with `below`, of it and the row below together. */
static size_t count_known(const struct aliases *a, const struct grid *g,
			  size_t row, bool below)
{
	size_t n = 0, width = g->width[row];

	if (below && g->width[row + 1] > width)
		width = g->width[row + 1];
	for (size_t i = 0; i < width; i++) {
		struct text t = { 0 };

		if (below)
			t = lower_name(g, row + 1, i);
		if (t.n == 0)
			t = cell_at(g, row, i);
		n += t.n && header_is_known(a, t);
	}
	return n;
}

/* A header's second level fills gaps of the first, or puts known words under
 * some of its cells, and leaves gaps that the first fills. */
static bool may_be_two(const struct aliases *a, const struct grid *g,
		       size_t row)
{
	size_t gaps = 0, both = 0, under = 0, known = 0;

	if (row + 1 >= g->rows || g->width[row + 1] != g->width[row])
		return false;
	for (size_t i = 0; i < g->width[row]; i++) {
		bool up = cell_at(g, row, i).n > 0;
		bool down = cell_at(g, row + 1, i).n > 0;

		gaps += !down && up;
		both += !up && down;
		under += down;
		if (down)
			known += header_is_known(a, cell_at(g, row + 1, i));
	}
	return gaps > 0 && (both > 0 || (under > 0 && known == under));
}

static size_t first_with_two(const struct grid *g, size_t rows)
{
	for (size_t i = 0; i < rows; i++)
		if (filled(g, i) >= 2)
			return i;
	return 0;
}

/* Below its labels a survey export has a row of keys, {"ImportId":"QID1"}. */
static bool is_import_key(struct text t)
{
	return text_starts(t, "{\"ImportId\":");
}

/* Then the labels are the header, and what stands above them says less. */
static void find_labels(const struct grid *g, size_t rows, struct layout *l)
{
	for (size_t i = l->row + 1; i < rows; i++)
		if (g->width[i] == g->width[l->row] &&
		    is_import_key(cell_at(g, i, 0))) {
			l->row = i - 1;
			l->two_level = false;
			return;
		}
}

bool layout_find(const struct aliases *a, const struct grid *g,
		 struct layout *l)
{
	size_t rows = g->rows < LAYOUT_ROWS ? g->rows : LAYOUT_ROWS;
	size_t widest = 0;

	l->row = 0;
	l->known = 0;
	l->two_level = false;
	for (size_t i = 0; i < rows; i++) {
		size_t width = filled(g, i), known;

		if (i && width <= widest)
			continue;
		widest = width;
		known = count_known(a, g, i, false);
		if (known > l->known) {
			l->row = i;
			l->known = known;
		}
	}
	if (l->known == 0)
		l->row = first_with_two(g, rows);
	for (size_t i = l->row ? l->row - 1 : 0; i <= l->row && g->rows; i++) {
		size_t known =
			may_be_two(a, g, i) ? count_known(a, g, i, true) : 0;

		if (known > l->known && known >= 2) {
			l->row = i + 1;
			l->known = known;
			l->two_level = true;
			break;
		}
	}
	if (g->rows > 0)
		find_labels(g, rows, l);
	return g->rows > 0;
}

size_t layout_width(const struct grid *g, const struct layout *l)
{
	size_t width = g->width[l->row];

	if (l->two_level && g->width[l->row - 1] > width)
		width = g->width[l->row - 1];
	return width;
}

struct text layout_name(const struct grid *g, const struct layout *l, size_t i)
{
	struct text t = cell_at(g, l->row, i);

	if (t.n == 0 && l->two_level)
		t = cell_at(g, l->row - 1, i);
	return t;
}

/* What spans column i in the upper level. */
static struct text group_name(const struct grid *g, const struct layout *l,
			      size_t i)
{
	struct text t = { 0 };

	for (size_t k = i + 1; k-- > 0 && t.n == 0;)
		t = cell_at(g, l->row - 1, k);
	return t;
}

static struct text joined(struct grid *g, struct text group, struct text name)
{
	char *to = arena_alloc(&g->hold, group.n + name.n + 1);

	if (group.n)
		memcpy(to, group.p, group.n);
	if (name.n)
		memcpy(to + group.n, name.p, name.n);
	return (struct text){ to, group.n + name.n };
}

static bool has_group(const struct grid *g, const struct layout *l, size_t i)
{
	return l->two_level && cell_at(g, l->row, i).n > 0;
}

/* Columns of one name. */
struct twins {
	uint32_t n, named;
};

static struct twins *twins_of(struct group *names, struct text name)
{
	return group_entry(names, group_intern(names, name));
}

void layout_names(const struct aliases *a, struct grid *g,
		  const struct layout *l, struct text *to)
{
	struct group *names = group_new(sizeof(struct twins), 0, NULL, NULL);
	size_t width = layout_width(g, l);
	bool told = false;

	for (size_t i = 0; i < width; i++) {
		to[i] = layout_name(g, l, i);
		twins_of(names, to[i])->n++;
	}
	for (size_t i = 0; i < width && !told; i++)
		told = twins_of(names, to[i])->n > 1 && has_group(g, l, i) &&
		       header_is_known(a, joined(g, group_name(g, l, i),
						 to[i]));
	for (size_t i = 0; i < width; i++) {
		struct twins *t = twins_of(names, to[i]);

		if (t->n > 1 && has_group(g, l, i) && (told || t->named > 0))
			to[i] = joined(g, group_name(g, l, i), to[i]);
		t->named++;
	}
	group_free(names);
}

/* ---- the delimiter ---- */

static size_t agreeing_rows(const struct grid *g, size_t from)
{
	size_t n = 0;

	for (size_t i = from; i < g->rows; i++)
		n += g->width[i] == g->width[from];
	return n;
}

char layout_delimiter(const struct aliases *a, struct text head, bool whole,
		      uint64_t from)
{
	static const char candidates[] = { ',', '\t', ';', '|' };
	double best = -1;
	char delimiter = ',';

	for (size_t i = 0; i < sizeof(candidates); i++) {
		struct grid g = { 0 };
		struct layout l;
		double points = 0;

		grid_fill(&g, head, whole, candidates[i], from,
			  2 * LAYOUT_ROWS);
		/* A row that is found has a width.
		 * NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		if (layout_find(a, &g, &l) && g.width[l.row] > 1) {
			size_t width = g.width[l.row];
			double rows = (double)(g.rows - l.row);

			points = (double)agreeing_rows(&g, l.row) / rows;
			points *= (double)(width < 500 ? width : 500) / 500;
			points += (double)l.known;
			/* Where all else is equal, rows above it are more
			 * likely its own, misread, than titles. */
			points -= 1e-4 * (double)l.row;
		}
		grid_release(&g);
		if (points > best) {
			best = points;
			delimiter = candidates[i];
		}
	}
	return delimiter;
}

/* ---- the kind ---- */

/* Words that tell a kind apart, and how much they weigh; any other word of
 * the kind's own weighs 1. */
static const struct {
	enum export kind;
	const char *field;
	int weight;
} signature[] = {
	{ EXPORT_CUSTOMER, "created_on", 4 },
	{ EXPORT_CUSTOMER, "customer_level", 4 },
	{ EXPORT_CUSTOMER, "birth_date", 3 },
	{ EXPORT_CUSTOMER, "gender", 2 },
	{ EXPORT_CUSTOMER, "customer_id", 2 },
	{ EXPORT_CUSTOMER, "occupation", 2 },
	{ EXPORT_VEHICLE, "engine_no", 2 },
	{ EXPORT_VEHICLE, "production_date", 4 },
	{ EXPORT_VEHICLE, "registered_on", 3 },
	{ EXPORT_VEHICLE, "warranty_until", 3 },
	{ EXPORT_SALE, "order_no", 5 },
	{ EXPORT_SALE, "sale_price", 5 },
	{ EXPORT_SALE, "msrp", 3 },
	{ EXPORT_SALE, "delivery_date", 3 },
	{ EXPORT_SALE, "invoice_date", 3 },
	{ EXPORT_SALE, "invoice_no", 3 },
	{ EXPORT_SALE, "purchased_on", 2 },
	{ EXPORT_SERVICE, "ro_no", 5 },
	{ EXPORT_SERVICE, "settlement_no", 5 },
	{ EXPORT_SERVICE, "labor_amount", 4 },
	{ EXPORT_SERVICE, "parts_amount", 4 },
	{ EXPORT_SERVICE, "open_date", 3 },
	{ EXPORT_SERVICE, "settlement_date", 3 },
	{ EXPORT_SERVICE, "service_advisor", 2 },
	{ EXPORT_SERVICE, "part_no", 4 },
	{ EXPORT_COMPLAINT, "case_id", 8 },
	{ EXPORT_COMPLAINT, "complaint_date", 6 },
	{ EXPORT_COMPLAINT, "content", 4 },
	{ EXPORT_COMPLAINT, "severity", 3 },
	{ EXPORT_COMPLAINT, "closed_date", 3 },
	{ EXPORT_SURVEY, "response_id", 8 },
	{ EXPORT_SURVEY, "survey_type", 5 },
	{ EXPORT_SURVEY, "nps", 6 },
	{ EXPORT_SURVEY, "csi", 5 },
	{ EXPORT_SURVEY, "date", 4 },
	{ EXPORT_LEAD, "lead_id", 8 },
	{ EXPORT_LEAD, "intent_level", 4 },
	{ EXPORT_LEAD, "lead_status", 5 },
	{ EXPORT_LEAD, "lost_reason", 4 },
	{ EXPORT_LEAD, "is_test_drive", 3 },
	{ EXPORT_LEAD, "budget", 2 },
};

static int weight_of(enum export kind, size_t field)
{
	for (size_t i = 0; i < NELEMS(signature); i++)
		if (signature[i].kind == kind &&
		    text_is(text_of(field_all[field].name), signature[i].field))
			return signature[i].weight;
	return 0;
}

static bool recommends(struct text header)
{
	struct buf folded = { 0 };
	bool it_does;

	header_fold(&folded, header);
	it_does = question_recommends(buf_text(&folded));
	buf_release(&folded);
	return it_does;
}

/* Points of one header for a kind: its own words, and canonical names that
 * tell the kind apart. */
static int points_of(const struct aliases *a, enum export kind,
		     struct text header)
{
	struct header_match m = header_match(a, kind, header);
	int weight;

	if (m.field == FIELD_NONE)
		return kind == EXPORT_SURVEY && recommends(header) ?
			       weight_of(kind, field_find(TEXT("nps"))) :
			       0;
	weight = weight_of(kind, m.field);
	if (m.rule == HEADER_ALIAS)
		return weight ? weight : 1;
	/* `date` is the name of a column in other streams too. */
	if (m.rule == HEADER_NAME && strcmp(field_all[m.field].name, "date") == 0)
		return 0;
	return m.rule == HEADER_COMMON || m.rule == HEADER_CARRIED ? 0 : weight;
}

enum export layout_kind(const struct aliases *a, const struct text *header,
			size_t n, int evidence[EXPORT_KINDS])
{
	enum export best = EXPORT_CUSTOMER;

	for (int kind = 0; kind < EXPORT_KINDS; kind++) {
		evidence[kind] = 0;
		for (size_t i = 0; i < n; i++)
			evidence[kind] +=
				points_of(a, (enum export)kind, header[i]);
		if (evidence[kind] > evidence[best])
			best = (enum export)kind;
	}
	return best;
}

/* ---- rows that are no data ---- */

static const char *const totals[] = { "合计", "小计",	  "总计",
				      "总合计", "本页合计", "本页小计",
				      "累计",	"合计金额", "总合",
				      "全部合计", "分组小计", "汇总",
				      "平均",	  "平均值",   "平均分" };
static const char *const foreign_totals[] = { "total",	  "grand total",
					      "subtotal", "sub-total",
					      "sum" };

static const char *const footers[] = { "第",	   "共",       "制表",
				       "打印",	   "导出",     "统计日期",
				       "统计时间", "报表",     "页码",
				       "审核",	   "填表",     "注:",
				       "注：",	   "说明:",    "说明：",
				       "以上",	   "数据来源", "制单",
				       "签字",	   "签名",     "Page" };

/* Without the blanks that some put between the two characters. */
static struct text squeeze(struct text t, char *to, size_t room)
{
	size_t n = 0;

	if (t.n > room)
		return t;
	t = clean_code(t, to);
	if (t.n && t.p != to)
		memmove(to, t.p, t.n);
	for (size_t i = 0; i < t.n; i++)
		if (to[i] != ' ')
			to[n++] = to[i];
	return (struct text){ to, n };
}

/* The word, alone or before a colon, a bracket or a figure. */
static bool is_total(struct text t)
{
	for (size_t i = 0; i < NELEMS(totals); i++) {
		size_t n = strlen(totals[i]);

		if (!text_starts(t, totals[i]))
			continue;
		if (t.n == n || (t.p[n] >= '0' && t.p[n] <= '9') ||
		    t.p[n] == ':' || t.p[n] == '(' || t.p[n] == '-')
			return true;
	}
	return text_ends(t, "小计") || text_ends(t, "合计");
}

static bool is_foreign_total(struct text t)
{
	if (text_ends(t, ":"))
		t.n--;
	for (size_t i = 0; i < NELEMS(foreign_totals); i++)
		if (t.n == strlen(foreign_totals[i]) &&
		    strncasecmp(t.p, foreign_totals[i], t.n) == 0)
			return true;
	return false;
}

static bool is_footer(struct text t)
{
	for (size_t i = 0; i < NELEMS(footers); i++)
		if (text_starts(t, footers[i]))
			return true;
	return false;
}

static bool is_number(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			return false;
	return true;
}

static bool is_header_again(const struct text *cell, size_t n,
			    const struct text *header, size_t columns)
{
	if (n != columns)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!text_eq(clean_text(cell[i]), header[i]))
			return false;
	return true;
}

/* Most rows begin with a document's number, a letter first and a figure last:
 * no blank, no total, no footer, and not the header's first name. */
static bool begins_with_number(struct text t, struct text name)
{
	unsigned char first = t.n ? (unsigned char)t.p[0] : 0;

	return ((first >= 'A' && first <= 'Z') ||
		(first >= 'a' && first <= 'z')) &&
	       t.p[t.n - 1] >= '0' && t.p[t.n - 1] <= '9' && !text_eq(t, name);
}

bool layout_not_data(const struct text *cell, size_t n,
		     const struct text *header, size_t columns)
{
	struct text word = { 0 };
	size_t used = 0, at = 0;
	char room[64];

	if (n && columns && begins_with_number(cell[0], header[0]))
		return false;
	/* Most others are told apart by their first cells. */
	for (size_t i = 0; i < n; i++) {
		struct text t = clean_text(cell[i]);

		if (t.n == 0)
			continue;
		used++;
		if (word.n == 0 && !is_number(t)) {
			word = t;
			at = i;
		}
		if (used > 2 && word.n)
			break;
	}
	if (used == 0)
		return true;
	if (word.n == 0 || !(((unsigned char)word.p[0] |
			      (unsigned char)word.p[word.n - 1]) & 0x80))
		return (at < 3 && is_foreign_total(word)) ||
		       is_import_key(word) ||
		       (is_header_again(cell, n, header, columns) && used > 1);
	word = squeeze(word, room, sizeof(room));
	if (at < 3 && word.n <= 48 && is_total(word))
		return true;
	return (used <= 2 && is_footer(word)) ||
	       is_header_again(cell, n, header, columns);
}
