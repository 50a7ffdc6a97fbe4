/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The invented dealership: the same seed gives the same world, its numbers
 * have right check digits (judged by other arithmetic than the generator's),
 * its complaints keep to the workflow, and the truth agrees with the sheets.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/checksign.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/share.h"
#include "base/utf8.h"
#include "canon/workflow_json.h"
#include "model/sample_export.h"
#include "model/sample_pages.h"

#define PEOPLE 1000

static struct buf words[SAMPLE_LISTS];

static struct sample_world *world(uint64_t seed, uint32_t people, uint32_t bad)
{
	struct sample_options o = {
		.seed = seed, .customers = people, .bad_millionths = bad};
	struct text csv[SAMPLE_LISTS];
	struct sample_world *w;
	int which;

	o.first = day_of((struct civil){2022, 11, 1});
	o.last = day_of((struct civil){2025, 10, 31});
	for (int i = 0; i < SAMPLE_LISTS; i++) {
		if (!words[i].n)
			share_read(sample_list_file[i], &words[i]);
		csv[i] = buf_text(&words[i]);
	}
	w = sample_world_new(&o, csv, &which);
	ck_assert_ptr_nonnull(w);
	return w;
}

static void export_all(const struct sample_world *w, struct buf *to)
{
	struct buf rows = {0}, sums = {0};

	for (size_t i = 0; i < sample_files; i++)
		sample_export(w, i, to, &rows, &sums, NULL);
	for (size_t i = 0; i < sample_truth_files; i++)
		sample_truth_file[i].write(w, to);
	buf_addt(to, buf_text(&rows));
	buf_addt(to, buf_text(&sums));
	buf_release(&rows);
	buf_release(&sums);
}

START_TEST(the_same_seed_gives_the_same_bytes_and_another_others)
{
	struct buf a = {0}, b = {0}, c = {0};
	struct sample_world *w = world(7, 200, 3000), *v = world(7, 200, 3000);
	struct sample_world *u = world(8, 200, 3000);

	export_all(w, &a);
	export_all(v, &b);
	export_all(u, &c);
	ck_assert(text_eq(buf_text(&a), buf_text(&b)));
	ck_assert(!text_eq(buf_text(&a), buf_text(&c)));
	ck_assert_uint_eq(utf8_bad(a.p, a.n), a.n);
	buf_release(&a);
	buf_release(&b);
	buf_release(&c);
	sample_world_free(w);
	sample_world_free(v);
	sample_world_free(u);
}
END_TEST

/* What does not depend on another customer stays as it was when more are
 * asked for. */
START_TEST(more_customers_leave_the_first_ones_alone)
{
	struct sample_world *w = world(7, 50, 0), *v = world(7, 80, 0);

	for (uint32_t i = 0; i < 50; i++) {
		ck_assert_str_eq(w->party[i].name, v->party[i].name);
		ck_assert_str_eq(w->party[i].phone, v->party[i].phone);
		ck_assert_str_eq(w->party[i].id_no, v->party[i].id_no);
	}
	sample_world_free(w);
	sample_world_free(v);
}
END_TEST

/* GB 16735 by its table of values, letter by letter. */
static int vin_value(char c)
{
	static const char *const group[] = {"",	    "1AJ",  "2BKS", "3CLT",
					    "4DMU", "5ENV", "6FW",  "7GPX",
					    "8HY",  "9RZ"};

	for (int v = 1; v <= 9; v++)
		if (strchr(group[v], c))
			return v;
	ck_assert_int_eq(c, '0');
	return 0;
}

static void check_vin(const char *vin)
{
	int sum = 0;

	ck_assert_uint_eq(strlen(vin), 17);
	for (int i = 0; i < 17; i++) {
		/* 8 7 6 5 4 3 2 10 - 9 8 7 6 5 4 3 2 */
		int weight = i < 7 ? 8 - i : i == 7 ? 10 : 18 - i;

		if (i != 8)
			sum += weight * vin_value(vin[i]);
	}
	ck_assert_int_eq(vin[8], "0123456789X"[sum % 11]);
}

START_TEST(vins_have_right_check_digits_and_are_distinct)
{
	struct sample_world *w = world(7, PEOPLE, 0);
	/* from published examples: 49 CFR 565.15 and a Honda */
	static const char *const known[] = {
		"11111111111111111", "1M8GDM9AXKP042788", "1HGCM82633A004352"};

	for (size_t i = 0; i < NELEMS(known); i++) {
		check_vin(known[i]);
		ck_assert_int_eq(checksign_vin(known[i]), known[i][8]);
	}
	for (size_t i = 0; i < w->cars; i++) {
		check_vin(w->car[i].vin);
		ck_assert_int_eq(w->car[i].vin[0], 'L');
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(w->car[i].vin, w->car[j].vin);
	}
	sample_world_free(w);
}
END_TEST

/* GB 11643 by its definition: the sum of a_i 2^(i-1), i from the right, is 1
 * modulo 11, X standing for 10. */
static void check_citizen(const char *id)
{
	int sum = 0, power = 1;

	ck_assert_uint_eq(strlen(id), 18);
	for (int i = 17; i >= 0; i--) {
		sum += power * (id[i] == 'X' ? 10 : id[i] - '0');
		power = power * 2 % 11;
	}
	ck_assert_int_eq(sum % 11, 1);
}

/* GB 32100: the sum of C_i 3^(i-1) over the 18 places, with the last in the
 * place of weight 1, is 0 modulo 31. */
static void check_firm(const char *code)
{
	static const char digit[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int sum = 0, power = 1;

	ck_assert_uint_eq(strlen(code), 18);
	for (int i = 0; i < 17; i++) {
		sum += power * (int)(strchr(digit, code[i]) - digit);
		power = power * 3 % 31;
	}
	sum += (int)(strchr(digit, code[17]) - digit);
	ck_assert_int_eq(sum % 31, 0);
}

START_TEST(people_have_numbers_that_hold)
{
	struct sample_world *w = world(7, PEOPLE, 0);
	size_t firms = 0;

	check_citizen("11010519491231002X"); /* from GB 11643 */
	check_firm("91350100M000100Y43");    /* from GB 32100 */
	for (size_t i = 0; i < w->parties; i++) {
		const struct sample_party *p = &w->party[i];
		char born[DAY_BYTES];

		ck_assert_uint_eq(strlen(p->phone), 11);
		ck_assert_int_eq(p->phone[0], '1');
		ck_assert_int_ge(p->phone[1], '3');
		firms += p->firm;
		if (p->firm) {
			check_firm(p->id_no);
			continue;
		}
		check_citizen(p->id_no);
		day_format(p->born, born);
		ck_assert(memcmp(p->id_no + 6, born, 4) == 0 &&
			  memcmp(p->id_no + 10, born + 5, 2) == 0 &&
			  memcmp(p->id_no + 12, born + 8, 2) == 0);
		ck_assert_int_eq((p->id_no[16] - '0') % 2, p->gender == 'M');
	}
	ck_assert_uint_gt(firms, 20);
	sample_world_free(w);
}
END_TEST

static int phone_order(const void *a, const void *b)
{
	const struct sample_party *const *x = a, *const *y = b;

	return strcmp((*x)->phone, (*y)->phone);
}

START_TEST(only_families_share_a_phone)
{
	struct sample_world *w = world(9, PEOPLE, 0);
	const struct sample_party **by = mem_alloc(w->parties, sizeof(*by));
	size_t shared = 0;

	for (size_t i = 0; i < w->parties; i++)
		by[i] = &w->party[i];
	qsort(by, w->parties, sizeof(*by), phone_order);
	for (size_t i = 1; i < w->parties; i++) {
		if (strcmp(by[i]->phone, by[i - 1]->phone) != 0)
			continue;
		ck_assert_uint_eq(by[i]->household, by[i - 1]->household);
		shared++;
	}
	ck_assert_uint_gt(shared, PEOPLE / 30);
	free(by);
	sample_world_free(w);
}
END_TEST

START_TEST(plates_are_of_seven_characters_and_of_eight_for_new_energy)
{
	struct sample_world *w = world(7, PEOPLE, 0);

	for (size_t i = 0; i < w->cars; i++) {
		const struct sample_car *c = &w->car[i];
		struct text energy = sample_list_get(&w->list[SAMPLE_CARS],
						     c->model, CAR_ENERGY);
		bool fuel = text_is(energy, "汽油");

		ck_assert_uint_eq(utf8_count(text_of(c->plate)), fuel ? 7 : 8);
		ck_assert(!strpbrk(c->plate, "IO"));
		if (!fuel)
			ck_assert_int_eq(c->plate[4],
					 text_is(energy, "纯电动") ? 'D' : 'F');
	}
	sample_world_free(w);
}
END_TEST

START_TEST(everything_happens_in_the_window_and_in_order)
{
	struct sample_world *w = world(7, PEOPLE, 0);

	for (size_t i = 0; i < w->deals; i++) {
		const struct sample_deal *d = &w->deal[i];

		ck_assert_int_ge(d->day, w->o.first);
		ck_assert_int_le(d->day, w->o.last);
		ck_assert(i == 0 || d[-1].day <= d->day);
		ck_assert_int_eq(d->list - d->discount, d->price);
		ck_assert_int_le(d->loan, d->price);
		ck_assert_int_eq(w->car[d->car].sold, d->day);
	}
	for (size_t i = 0; i < w->visits; i++) {
		const struct sample_visit *v = &w->visit[i];

		ck_assert_int_ge(v->day, w->car[v->car].sold);
		ck_assert_int_ge(v->day, w->party[v->party].since);
		ck_assert_int_lt(v->day, w->party[v->party].until);
		ck_assert_int_le(v->day, w->o.last);
		ck_assert(i == 0 || v[-1].day <= v->day);
		ck_assert_int_eq(v->labour + v->parts + v->other - v->discount,
				 v->paid);
		ck_assert(v->labour >= 0 && v->parts >= 0 && v->other >= 0);
	}
	sample_world_free(w);
}
END_TEST

/* New year's day of the lunar calendar and the two days after. */
START_TEST(nobody_comes_on_the_days_of_the_spring_festival)
{
	struct sample_world *w = world(7, PEOPLE, 0);
	static const struct civil festival[] = {
		{2023, 1, 22}, {2024, 2, 10}, {2025, 1, 29}};

	for (size_t k = 0; k < NELEMS(festival); k++) {
		int32_t day = day_of(festival[k]);

		for (size_t i = 0; i < w->visits; i++)
			ck_assert(w->visit[i].day < day ||
				  w->visit[i].day > day + 2);
		for (size_t i = 0; i < w->deals; i++)
			ck_assert(w->deal[i].day < day ||
				  w->deal[i].day > day + 2);
	}
	sample_world_free(w);
}
END_TEST

/* December against February over three years: weights 130 and 70, and the
 * festival takes its part of February. */
START_TEST(more_cars_are_sold_at_the_end_of_the_year)
{
	struct sample_world *w = world(7, 4000, 0);
	size_t month[13] = {0};

	for (size_t i = 0; i < w->deals; i++)
		month[day_civil(w->deal[i].day).month]++;
	ck_assert_uint_gt(month[12], month[2] * 3 / 2);
	sample_world_free(w);
}
END_TEST

/* A car that changed hands is not brought by who sold it any more. */
START_TEST(second_hand_cars_have_two_owners_one_after_the_other)
{
	struct sample_world *w = world(7, PEOPLE, 0);
	size_t found = 0;

	for (size_t i = 0; i < w->visits; i++) {
		const struct sample_visit *v = &w->visit[i];
		uint32_t seller = w->car[v->car].seller;

		if (seller == UINT32_MAX || v->party == seller)
			continue;
		ck_assert_int_eq(w->party[v->party].entry, SAMPLE_SECOND_HAND);
		ck_assert_int_gt(v->day, w->party[seller].until);
		found++;
	}
	ck_assert_uint_gt(found, 10);
	sample_world_free(w);
}
END_TEST

/* Means of what owners draw: r, a / (a + b), q, and 1/2 for the mood; five
 * standard errors. */
START_TEST(owners_differ_as_the_parameters_say)
{
	struct sample_world *w = world(3, 5000, 0);
	double n = 0, rate = 0, dropout = 0, spend = 0, mood = 0;
	double one = (double)RNG_ONE;

	for (uint32_t i = 0; i < w->o.customers; i++) {
		const struct sample_party *p = &w->party[i];

		n++;
		rate += (double)p->rate / one;
		dropout += (double)p->dropout / one;
		spend += (double)p->spend / one;
		mood += (double)p->mood / one;
	}
	ck_assert_double_eq_tol(rate / n, 3, 5 * sqrt(3 / n));
	ck_assert_double_eq_tol(dropout / n, 0.125,
				5 * sqrt(7.0 / (64 * 9) / n));
	ck_assert_double_eq_tol(spend / n, 4, 5 * sqrt(4 / n));
	ck_assert_double_eq_tol(mood / n, 0.5, 5 * sqrt(1.0 / 12 / n));
	sample_world_free(w);
}
END_TEST

START_TEST(the_unhappy_score_lower_and_complain_more)
{
	struct sample_world *w = world(5, 4000, 0);
	double score[2] = {0}, n[2] = {0}, visits[2] = {0};
	double cases[2] = {0};

	for (size_t i = 0; i < w->answers; i++) {
		bool good = w->party[w->answer[i].party].mood > RNG_ONE / 2;

		score[good] += w->answer[i].nps;
		n[good]++;
	}
	for (size_t i = 0; i < w->visits; i++)
		visits[w->party[w->visit[i].party].mood > RNG_ONE / 2]++;
	for (size_t i = 0; i < w->cases; i++)
		cases[w->party[w->casus[i].party].mood > RNG_ONE / 2]++;
	ck_assert_double_gt(score[1] / n[1], score[0] / n[0] + 1);
	ck_assert_double_gt(cases[0] / visits[0], cases[1] / visits[1] * 1.5);
	sample_world_free(w);
}
END_TEST

START_TEST(complaints_keep_to_the_seven_steps)
{
	struct sample_world *w = world(7, PEOPLE, 0);
	struct workflow *flow = workflow_json_read("seven-step");
	size_t seen[SAMPLE_EVENTS] = {0};

	ck_assert_uint_gt(w->cases, 50);
	for (size_t i = 0; i < w->cases; i++) {
		const struct sample_case *c = &w->casus[i];
		int state = WORKFLOW_NEW;

		ck_assert_uint_gt(c->steps, 0);
		ck_assert(i == 0 || c[-1].opened <= c->opened);
		for (uint32_t k = 0; k < c->steps; k++) {
			const struct sample_step *s = &w->step[c->first + k];
			int event = workflow_find_event(
				flow, text_of(sample_event_name[s->event]));

			ck_assert_int_ne(event, WORKFLOW_NOT);
			state = workflow_step(flow, state, event);
			ck_assert_int_ne(state, WORKFLOW_NOT);
			ck_assert_uint_eq(s->case_no, i);
			ck_assert(k == 0 || s[-1].at < s->at);
			ck_assert_int_le(s->at / 1440, w->o.last);
			seen[s->event]++;
		}
	}
	for (int e = 0; e < SAMPLE_EVENTS; e++)
		ck_assert_msg(seen[e] > 0, "%s never happens",
			      sample_event_name[e]);
	workflow_free(flow);
	sample_world_free(w);
}
END_TEST

static size_t count_bytes(struct text t, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] == c;
	return n;
}

/* The last line of truth for the file has the number of the file's last
 * line. */
START_TEST(each_line_of_a_sheet_has_a_line_of_truth)
{
	struct sample_world *w = world(7, PEOPLE, 3000);

	for (size_t i = 0; i < sample_files; i++) {
		struct buf out = {0}, rows = {0}, sums = {0};
		struct text rest, line, cell, last = {0};
		size_t logical = 0;

		sample_export(w, i, &out, &rows, &sums, NULL);
		rest = buf_text(&rows);
		while (text_split(&rest, '\n', &line))
			if (line.n) {
				last = line;
				logical++;
			}
		text_split(&last, ',', &cell);
		ck_assert(text_is(cell, sample_file[i].name));
		text_split(&last, ',', &cell);
		/* Only cells of a complaint's text hold line ends. */
		if (logical == count_bytes(buf_text(&out), '\n')) {
			char digits[24];

			ck_assert(text_eq(
				cell,
				(struct text){digits,
					      text_put_u64(digits, logical)}));
		} else {
			ck_assert_str_eq(sample_file[i].name, "投诉登记.csv");
		}
		buf_release(&out);
		buf_release(&rows);
		buf_release(&sums);
	}
	sample_world_free(w);
}
END_TEST

/* One record off the front, quotes taken off; cells separated by \x1f. */
static bool record(struct text *rest, char delimiter, struct buf *to)
{
	bool quoted = false;

	buf_clear(to);
	buf_add(to, "", 0);
	if (rest->n == 0)
		return false;
	while (rest->n) {
		char c = *rest->p++;

		rest->n--;
		if (c == '"') {
			if (quoted && rest->n && *rest->p == '"') {
				buf_addc(to, c);
				rest->p++, rest->n--;
			} else {
				quoted = !quoted;
			}
		} else if (c == '\n' && !quoted) {
			break;
		} else if (c != '\r') {
			buf_addc(to, c == delimiter && !quoted ? '\x1f' : c);
		}
	}
	return true;
}

/* Digits of any width, signs and grouping aside, in fen. */
static int64_t fen_of(struct text t)
{
	int64_t fen = 0;
	int decimals = -1;
	size_t len;

	for (size_t i = 0; i < t.n; i += len) {
		uint32_t c = utf8_decode(t.p + i, t.n - i, &len);

		if (c >= 0xff01 && c <= 0xff5e)
			c -= 0xfee0;
		if (c == '.')
			decimals = 0;
		else if (c >= '0' && c <= '9') {
			fen = fen * 10 + (int64_t)(c - '0');
			decimals += decimals >= 0;
		}
	}
	for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
		fen *= 10;
	return fen;
}

/* The sum of a column in truth/sums.csv, cell 2 (all rows) or 3. */
static int64_t told_sum(struct text sums, struct text column, int cell_no)
{
	struct text line, cell;

	while (text_split(&sums, '\n', &line)) {
		text_split(&line, ',', &cell);
		text_split(&line, ',', &cell);
		if (!text_eq(cell, column))
			continue;
		for (int i = 2; i <= cell_no; i++)
			text_split(&line, ',', &cell);
		return fen_of(cell);
	}
	ck_abort_msg("no such sum");
	return 0;
}

struct added {
	int64_t all, fine;
	size_t rows, bad;
};

/* Adds a column up over the rows that truth/rows.csv calls data. */
static struct added add_up(struct text sheet, struct text rows, size_t column,
			   char delimiter)
{
	struct buf r = {0};
	struct added sum = {0};

	while (record(&sheet, delimiter, &r)) {
		struct text cells = buf_text(&r), line, cell = {0}, fault;
		int64_t fen = 0;
		bool data, twice;

		text_split(&rows, '\n', &line);
		for (int i = 0; i < 3; i++)
			text_split(&line, ',', &cell);
		data = text_is(cell, "data");
		while (text_split(&line, ',', &fault))
			;
		twice = text_is(fault, "duplicate");
		for (size_t i = 0; text_split(&cells, '\x1f', &cell); i++)
			if (i == column)
				fen = fen_of(cell);
		/* A row cut short may have lost the cell: not looked at. */
		if (!data || twice)
			continue;
		sum.rows++;
		sum.bad += fault.n > 0;
		sum.all += fen;
		sum.fine += fault.n ? 0 : fen;
	}
	buf_release(&r);
	return sum;
}

static const struct {
	size_t file;
	const char *column;
	const char *const *header;
} summed[] = {
	{0, "成交价", sample_sales_header},
	{1, "实收金额", sample_service_header},
	{1, "工时费", sample_service_header},
	{2, "配件金额", sample_parts_header},
};

START_TEST(sums_in_truth_are_the_sums_of_the_rows)
{
	struct sample_world *w = world(7, PEOPLE, 20000);
	struct buf out = {0}, rows = {0}, sums = {0};
	size_t column = 0;
	struct added sum;

	sample_export(w, summed[_i].file, &out, &rows, &sums, NULL);
	while (strcmp(summed[_i].header[column], summed[_i].column) != 0)
		column++;
	sum = add_up(buf_text(&out), buf_text(&rows), column, ',');
	ck_assert_int_eq(sum.fine, told_sum(buf_text(&sums),
					    text_of(summed[_i].column), 3));
	ck_assert_int_eq((int64_t)sum.bad * 100,
			 told_sum(buf_text(&sums), TEXT("bad"), 2));
	ck_assert_uint_gt(sum.bad, sum.rows / 200);
	ck_assert_uint_lt(sum.bad, sum.rows / 25);
	buf_release(&out);
	buf_release(&rows);
	buf_release(&sums);
	sample_world_free(w);
}
END_TEST

START_TEST(without_bad_rows_all_sums_agree_with_the_world)
{
	struct sample_world *w = world(7, PEOPLE, 0);
	struct buf out = {0}, rows = {0}, sums = {0};
	int64_t sold = 0, served = 0, pieces = 0;

	for (size_t i = 0; i < w->deals; i++)
		sold += w->deal[i].price;
	for (size_t i = 0; i < w->visits; i++)
		served += w->visit[i].paid;
	for (size_t i = 0; i < w->pieces; i++)
		pieces += w->piece[i].amount;
	for (size_t i = 0; i < 3; i++)
		sample_export(w, i, &out, &rows, &sums, NULL);
	ck_assert_int_eq(told_sum(buf_text(&sums), TEXT("成交价"), 2), sold);
	ck_assert_int_eq(told_sum(buf_text(&sums), TEXT("实收金额"), 2),
			 served);
	ck_assert_int_eq(told_sum(buf_text(&sums), TEXT("配件金额"), 2),
			 pieces);
	ck_assert(text_find(buf_text(&rows), "ragged") == SIZE_MAX);
	buf_release(&out);
	buf_release(&rows);
	buf_release(&sums);
	sample_world_free(w);
}
END_TEST

/* What cannot be read right must be there as truth says: a bad phone
 * is 1.38E+10 and the like; a row that is ragged has another number of cells.
 */
START_TEST(bad_rows_are_bad_in_the_way_that_is_told)
{
	struct sample_world *w = world(7, 400, 500000);
	struct buf out = {0}, rows = {0}, sums = {0}, r = {0};
	struct text sheet, truth, line, fault = {0};
	size_t seen[2] = {0};

	sample_export(w, 1, &out, &rows, &sums, NULL);
	sheet = buf_text(&out);
	truth = buf_text(&rows);
	while (record(&sheet, ',', &r)) {
		bool ragged = count_bytes(buf_text(&r), '\x1f') != 25;
		bool phone = text_find(buf_text(&r), "E+10") != SIZE_MAX;

		text_split(&truth, '\n', &line);
		while (text_split(&line, ',', &fault))
			;
		ck_assert_int_eq(ragged, text_is(fault, "ragged"));
		ck_assert_int_eq(phone, text_is(fault, "bad-phone"));
		seen[0] += ragged;
		seen[1] += phone;
	}
	ck_assert_uint_gt(seen[0], 20);
	ck_assert_uint_gt(seen[1], 20);
	buf_release(&out);
	buf_release(&rows);
	buf_release(&sums);
	buf_release(&r);
	sample_world_free(w);
}
END_TEST

/* Of how many rows of data of file i is the cell in the column so? */
static size_t each_cell(const struct sample_world *w, size_t i, size_t column,
			bool (*is_so)(const struct sample_party *, struct text))
{
	struct buf out = {0}, rows = {0}, sums = {0};
	struct text sheet, truth, row, line, cell = {0};
	size_t found = 0;

	sample_export(w, i, &out, &rows, &sums, NULL);
	sheet = buf_text(&out);
	truth = buf_text(&rows);
	while (text_split(&sheet, '\n', &row) && row.n) {
		size_t party = 0;

		text_split(&truth, '\n', &line);
		for (int k = 0; k < 3; k++)
			text_split(&line, ',', &cell);
		if (!text_is(cell, "data"))
			continue;
		for (int k = 0; k < 3; k++)
			text_split(&line, ',', &cell);
		for (size_t k = 1; k < cell.n; k++)
			party = party * 10 + (size_t)(cell.p[k] - '0');
		for (size_t k = 0; k <= column; k++)
			text_split(&row, SAMPLE_CELL_END, &cell);
		found += is_so(&w->party[party - 1], cell);
	}
	buf_release(&out);
	buf_release(&rows);
	buf_release(&sums);
	return found;
}

static bool any(const struct sample_party *p, struct text t)
{
	return p->name[0] && t.n < 200;
}

static bool other_name(const struct sample_party *p, struct text t)
{
	return !p->firm && !text_is(t, p->name);
}

static bool other_phone(const struct sample_party *p, struct text t)
{
	return !text_is(t, p->phone);
}

static bool former_phone(const struct sample_party *p, struct text t)
{
	return text_is(t, p->other_phone);
}

static bool above(const struct sample_party *p, struct text t)
{
	return p->name[0] && t.n == 1 && t.p[0] == SAMPLE_AS_ABOVE;
}

static bool a_day_count(const struct sample_party *p, struct text t)
{
	return p->name[0] && t.n == 6 && t.p[0] == SAMPLE_AS_DAY;
}

/* Shares as the manual tells them, wide enough for any seed. */
START_TEST(lists_kept_by_hand_hold_slips)
{
	struct sample_world *w = world(7, 4000, 0);
	const size_t club = 8, renewal = 9;
	double n = (double)each_cell(w, club, 0, any);
	double cars = (double)each_cell(w, renewal, 0, any);

	ck_assert_str_eq(sample_file[club].name, "会员名单.xls");
	ck_assert_str_eq(sample_file[renewal].name, "续保台账.xlsx");
	ck_assert_double_eq_tol(n / w->o.customers, 0.4, 0.03);
	ck_assert_double_eq_tol((double)each_cell(w, club, 2, other_name) / n,
				0.125, 0.03);
	ck_assert_double_eq_tol((double)each_cell(w, club, 5, other_phone) / n,
				0.12, 0.03);
	ck_assert_double_eq_tol((double)each_cell(w, club, 5, former_phone) / n,
				0.05, 0.02);
	ck_assert_double_gt((double)each_cell(w, renewal, 0, above), 20);
	ck_assert_double_eq((double)each_cell(w, renewal, 9, a_day_count),
			    cars);
	sample_world_free(w);
}
END_TEST

static bool is_alias(struct text table, const char *header)
{
	struct text line, cell = {0};

	while (text_split(&table, '\n', &line)) {
		text_split(&line, ',', &cell);
		if (text_split(&line, ',', &cell) && text_is(cell, header))
			return true;
	}
	return false;
}

START_TEST(headers_are_words_that_the_importer_knows)
{
	/* Further questions of the survey: unknown, and to be kept. */
	static const char *const unknown[] = {"服务态度", "服务质量",
					      "等待时间"};
	static const char *const *const header[] = {
		sample_sales_header,  sample_service_header,
		sample_parts_header,  sample_customers_header,
		sample_survey_header, sample_complaints_header,
		sample_leads_header,
	};
	struct buf table = {0};

	share_read("header-aliases.csv", &table);
	for (size_t i = 0; i < NELEMS(header); i++)
		for (const char *const *h = header[i]; *h; h++) {
			bool extra = false;

			for (size_t k = 0; k < NELEMS(unknown); k++)
				extra = extra || strcmp(*h, unknown[k]) == 0;
			ck_assert_msg(extra != is_alias(buf_text(&table), *h),
				      "%s", *h);
		}
	buf_release(&table);
}
END_TEST

START_TEST(a_list_that_is_none_is_named)
{
	struct sample_options o = {.customers = 1, .last = 30};
	struct text csv[SAMPLE_LISTS];
	int bad = -1;

	for (int i = 0; i < SAMPLE_LISTS; i++) {
		if (!words[i].n)
			share_read(sample_list_file[i], &words[i]);
		csv[i] = buf_text(&words[i]);
	}
	csv[SAMPLE_HOMES] = TEXT("a,weight\nb,0\n");
	ck_assert_ptr_null(sample_world_new(&o, csv, &bad));
	ck_assert_int_eq(bad, SAMPLE_HOMES);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sample");
	TCase *t = tcase_create("sample");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_sample");
	tcase_set_timeout(t, 120);
	tcase_add_test(t,
		       the_same_seed_gives_the_same_bytes_and_another_others);
	tcase_add_test(t, more_customers_leave_the_first_ones_alone);
	tcase_add_test(t, vins_have_right_check_digits_and_are_distinct);
	tcase_add_test(t, people_have_numbers_that_hold);
	tcase_add_test(t, only_families_share_a_phone);
	tcase_add_test(
		t, plates_are_of_seven_characters_and_of_eight_for_new_energy);
	tcase_add_test(t, everything_happens_in_the_window_and_in_order);
	tcase_add_test(t, nobody_comes_on_the_days_of_the_spring_festival);
	tcase_add_test(t, more_cars_are_sold_at_the_end_of_the_year);
	tcase_add_test(t, second_hand_cars_have_two_owners_one_after_the_other);
	tcase_add_test(t, owners_differ_as_the_parameters_say);
	tcase_add_test(t, the_unhappy_score_lower_and_complain_more);
	tcase_add_test(t, complaints_keep_to_the_seven_steps);
	tcase_add_test(t, each_line_of_a_sheet_has_a_line_of_truth);
	tcase_add_loop_test(t, sums_in_truth_are_the_sums_of_the_rows, 0,
			    NELEMS(summed));
	tcase_add_test(t, without_bad_rows_all_sums_agree_with_the_world);
	tcase_add_test(t, bad_rows_are_bad_in_the_way_that_is_told);
	tcase_add_test(t, lists_kept_by_hand_hold_slips);
	tcase_add_test(t, headers_are_words_that_the_importer_knows);
	tcase_add_test(t, a_list_that_is_none_is_named);
	suite_add_tcase(s, t);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
