/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that are no data: blank ones, totals, footers, the header again. */
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "canon/clean.h"
#include "canon/layout.h"

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
		if (t.n == n || ascii_is_digit(t.p[n]) ||
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
		if (text_is_word(t, text_of(foreign_totals[i])))
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
		if (!ascii_is_digit(t.p[i]))
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

	return ascii_is_letter(first) &&
	       ascii_is_digit(t.p[t.n - 1]) && !text_eq(t, name);
}

bool layout_is_import_key(struct text t)
{
	return text_starts(t, "{\"ImportId\":");
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
		       layout_is_import_key(word) ||
		       (is_header_again(cell, n, header, columns) && used > 1);
	word = squeeze(word, room, sizeof(room));
	if (at < 3 && word.n <= 48 && is_total(word))
		return true;
	return (used <= 2 && is_footer(word)) ||
	       is_header_again(cell, n, header, columns);
}
