/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures: what is drawn can be read. Every text of every picture, however
 * odd its data, lies inside the picture, and labels along an axis do not run
 * into each other. Widths are those that svg_text_width() estimates, which is
 * wider than the faces that the style sheet names.
 */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/msg.h"
#include "render/chart.h"
#include "render/svg.h"
#include "render/textchart.h"
#include "base/utf8.h"

#define POINTS 60

static const double sizes[][2] = {
	/* lo, hi */
	{ 0, 100 }, { 0, 7 }, { 0, 1234567 }, { 0, 98765432109.0 },
	{ -35.5, 61.2 }, { -5000000, 120 }, { 42, 42 }, { 0, 0.4 },
};

START_TEST(ticks_are_round_and_cover_the_range)
{
	double lo = sizes[_i][0], hi = sizes[_i][1];
	struct chart_scale s = chart_scale(lo, hi, 5, false);
	double last = s.first + (double)(s.ticks - 1) * s.step;

	ck_assert(s.first <= lo && last >= hi);
	ck_assert_uint_ge(s.ticks, 2);
	ck_assert_uint_le(s.ticks, 8);
	double lead = s.step;
	while (lead >= 9.999)
		lead /= 10;
	while (lead < 0.9999)
		lead *= 10;
	ck_assert(fabs(lead - 1) < 1e-6 || fabs(lead - 2) < 1e-6 ||
		  fabs(lead - 5) < 1e-6);
	/* zero is a tick whenever it lies inside */
	ck_assert(fabs(s.first / s.step - round(s.first / s.step)) < 1e-6);
}
END_TEST

START_TEST(counts_have_no_ticks_between_whole_numbers)
{
	struct chart_scale s = chart_scale(0, 2, 5, true);

	ck_assert_double_eq(s.step, 1);
	ck_assert_uint_eq(s.ticks, 3);
}
END_TEST

/* ---- a chart of odd data ---- */

struct fixture {
	struct chart chart;
	struct series series[14];
	double value[14][POINTS], low[POINTS], high[POINTS], x[POINTS];
	char label[POINTS][80];
	const char *labels[POINTS];
};

static const char *const words[] = {
	"产品或服务质量问题以及其他各类情况说明",
	"attitude, efficiency and the like of it",
	"x",
	"Donaudampfschifffahrtsgesellschaftskapitän",
	"流程与制度",
	"<script>alert('&\"')</script>",
};

/* Deterministic, and nothing like even. */
static double odd(size_t i)
{
	return (double)((i * 7919 + 13) % 97) / 97.0;
}

static void fill(struct fixture *f, enum chart_kind kind, size_t n, double lo,
		 double hi, bool months)
{
	memset(f, 0, sizeof(*f));
	for (size_t i = 0; i < n; i++) {
		if (months)
			snprintf(f->label[i], sizeof(f->label[i]),
				 "%04zu-%02zu", 2019 + (i + 9) / 12,
				 (i + 9) % 12 + 1);
		else
			snprintf(f->label[i], sizeof(f->label[i]), "%s",
				 words[i % NELEMS(words)]);
		f->labels[i] = f->label[i];
		f->x[i] = 100.0 * (double)i / (double)(n > 1 ? n - 1 : 1);
		for (size_t s = 0; s < 14; s++)
			f->value[s][i] = lo + (hi - lo) * odd(i + s);
		f->low[i] = fmax(lo, f->value[0][i] - (hi - lo) / 9);
		f->high[i] = fmin(hi, f->value[0][i] + (hi - lo) / 9);
	}
	for (size_t s = 0; s < 14; s++)
		f->series[s] = (struct series){ .name = words[s % 2],
						.value = f->value[s],
						.x = f->x,
						.n = n };
	f->chart = (struct chart){
		.kind = kind,
		.title = "t",
		.about = "d",
		.axis = "营业额，元",
		.across = "cumulative share of customers, smallest first",
		.label = f->labels,
		.n = n,
		.series = f->series,
		.nseries = kind == CHART_HEAT ? 14 : kind == CHART_PYRAMID ? 3 : 1,
		.highlight = n - 1,
		.compare = n > 12 ? n - 13 : CHART_NONE,
		.highlight_name = "2025-10",
		.compare_name = "2024-10",
	};
	if (kind == CHART_LINE) {
		f->series[0].low = f->low;
		f->series[0].high = f->high;
		if (n > 4)
			f->value[0][3] = (double)NAN;
	}
}

/* ---- the texts that were drawn ---- */

struct drawn {
	double left, right, y;
};

#define TEXTS 1000

static double attribute(const char *from, const char *name)
{
	const char *at = strstr(from, name);

	ck_assert_ptr_nonnull(at);
	return atof(at + strlen(name));
}

/* The text itself, its references undone. */
static void read_words(const char *from, struct buf *to)
{
	static const char *const refs[][2] = {
		{ "&amp;", "&" },  { "&lt;", "<" },  { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&#39;", "'" },
	};
	const char *p = strchr(from, '>') + 1;

	buf_clear(to);
	while (*p != '<') {
		size_t i;
		for (i = 0; i < NELEMS(refs); i++)
			if (strncmp(p, refs[i][0], strlen(refs[i][0])) == 0)
				break;
		if (i < NELEMS(refs)) {
			buf_adds(to, refs[i][1]);
			p += strlen(refs[i][0]);
		} else {
			buf_addc(to, *p++);
		}
	}
	buf_addc(to, '\0');
}

static struct drawn read_text(const char *from)
{
	struct buf text = { 0 };
	char class[64] = "";
	struct drawn d;

	sscanf(strstr(from, "class=\"") + 7, "%63[^\"]", class);
	read_words(from, &text);
	bool big = strstr(class, "label") != NULL;
	double width = svg_text_width(text.p, big ? 12 : 11);
	double x = attribute(from, " x=\"");
	d.y = attribute(from, " y=\"");
	d.left = strstr(class, "mid") ? x - width / 2 :
		 strstr(class, "end") ? x - width :
					x;
	d.right = d.left + width;
	buf_release(&text);
	return d;
}

/* Letters are some nine pixels high. */
static bool meet(struct drawn a, struct drawn b)
{
	return fabs(a.y - b.y) < 9 && a.left < b.right && b.left < a.right;
}

static void assert_readable(const struct chart *c)
{
	static struct drawn drawn[TEXTS];
	struct buf b = { 0 };
	double width, height;
	size_t n = 0;

	svg_chart(&b, c, "figure-1");
	ck_assert_ptr_nonnull(strstr(b.p, "<title id=\"figure-1-title\">"));
	ck_assert_ptr_null(strstr(b.p, "nan"));
	ck_assert_ptr_null(strstr(b.p, "inf\""));
	ck_assert_int_eq(sscanf(strstr(b.p, "viewBox=\"0 0 ") + 13, "%lf %lf",
				&width, &height), 2);
	for (const char *p = b.p; (p = strstr(p, "<text")); p++) {
		struct drawn d = read_text(p);
		ck_assert_msg(d.left > -0.5 && d.right < width + 0.5,
			      "clipped (%.1f..%.1f of %.0f): %.80s", d.left,
			      d.right, width, p);
		ck_assert_msg(d.y > 8 && d.y < height,
			      "clipped (y %.1f of %.0f): %.80s", d.y, height,
			      p);
		for (size_t i = 0; i < n; i++)
			ck_assert_msg(!meet(d, drawn[i]),
				      "runs into another: %.90s", p);
		ck_assert_uint_lt(n, TEXTS);
		drawn[n++] = d;
	}
	buf_release(&b);
}

static const struct {
	enum chart_kind kind;
	size_t n;
	double lo, hi;
	bool months;
} odd_charts[] = {
	{ CHART_BARS, 25, 0, 4000000, true },
	{ CHART_BARS, 1, 0, 12, true },
	{ CHART_BARS, 60, -300, 987654321, true },
	{ CHART_BARS, 6, 0, 3, false },
	{ CHART_BARS, 3, 0, 0, true },
	{ CHART_LINE, 13, -35, 80, true },
	{ CHART_LINE, 1, 50, 50, true },
	{ CHART_LINE, 40, -100, 100, true },
	{ CHART_PARETO, 4, 1, 40, false },
	{ CHART_PARETO, 12, 1, 40, false },
	{ CHART_PARETO, 1, 1, 1, false },
	{ CHART_HEAT, 13, 0, 100, true },
	{ CHART_HEAT, 4, 0, 0, true },
	{ CHART_PYRAMID, 4, 0, 100, false },
	{ CHART_CURVE, 30, 0, 100, false },
};

START_TEST(every_text_lies_inside_and_apart)
{
	static struct fixture f;
	static const char *const langs[] = { "en", "zh" };

	for (size_t i = 0; i < NELEMS(langs); i++) {
		msg_set_lang(langs[i]);
		fill(&f, odd_charts[_i].kind, odd_charts[_i].n,
		     odd_charts[_i].lo, odd_charts[_i].hi,
		     odd_charts[_i].months);
		assert_readable(&f.chart);
	}
	msg_set_lang("en");
}
END_TEST

START_TEST(labels_from_the_data_are_escaped)
{
	static struct fixture f;
	struct buf b = { 0 };

	fill(&f, CHART_PARETO, 6, 1, 9, false);
	svg_chart(&b, &f.chart, "figure-1");
	ck_assert_ptr_null(strstr(b.p, "<script"));
	ck_assert_ptr_nonnull(strstr(b.p, "&lt;script"));
	buf_release(&b);
}
END_TEST

START_TEST(a_chart_without_values_draws_nothing)
{
	static struct fixture f;
	struct buf b = { 0 };

	fill(&f, CHART_LINE, 3, 0, 1, true);
	for (size_t i = 0; i < 3; i++)
		f.value[0][i] = f.low[i] = f.high[i] = (double)NAN;
	svg_chart(&b, &f.chart, "figure-1");
	ck_assert_uint_eq(b.n, 0);
	buf_release(&b);
}
END_TEST

START_TEST(a_gap_in_the_data_is_a_gap_in_the_line)
{
	static struct fixture f;
	struct buf b = { 0 };
	int lines = 0;

	fill(&f, CHART_LINE, 13, 0, 50, true);
	svg_chart(&b, &f.chart, "figure-1");
	for (const char *p = b.p; (p = strstr(p, "<polyline")); p++)
		lines++;
	ck_assert_int_eq(lines, 2);
	buf_release(&b);
}
END_TEST

START_TEST(text_charts_keep_to_78_columns)
{
	static struct fixture f;
	struct buf b = { 0 };

	fill(&f, odd_charts[_i].kind, odd_charts[_i].n, odd_charts[_i].lo,
	     odd_charts[_i].hi, odd_charts[_i].months);
	textchart_add(&b, &f.chart);
	struct text rest = buf_text(&b), line;
	ck_assert_int_eq(b.p[b.n - 1], '\n');
	while (text_split(&rest, '\n', &line)) {
		ck_assert_msg(utf8_width(line) <= 78, "%.*s", (int)line.n,
			      line.p);
		ck_assert(!text_ends(line, " "));
	}
	buf_release(&b);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("svg");
	TCase *tc = tcase_create("svg");
	SRunner *sr = srunner_create(s);

	tcase_add_loop_test(tc, ticks_are_round_and_cover_the_range, 0,
			    (int)NELEMS(sizes));
	tcase_add_test(tc, counts_have_no_ticks_between_whole_numbers);
	tcase_add_loop_test(tc, every_text_lies_inside_and_apart, 0,
			    (int)NELEMS(odd_charts));
	tcase_add_test(tc, labels_from_the_data_are_escaped);
	tcase_add_test(tc, a_chart_without_values_draws_nothing);
	tcase_add_test(tc, a_gap_in_the_data_is_a_gap_in_the_line);
	tcase_add_loop_test(tc, text_charts_keep_to_78_columns, 0,
			    (int)NELEMS(odd_charts));
	suite_add_tcase(s, tc);
	srunner_run_all(sr, CK_NORMAL);
	int failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
