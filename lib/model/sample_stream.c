/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream of transactions for benches. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/money.h"
#include "model/sample_code.h"
#include "model/sample_stream.h"
#include "num/rng.h"

#define ROW_BYTES 1024
#define NARROW	  8

enum column {
	TXN_ID,
	LINE_NO,
	CUSTOMER_ID,
	DATE,
	KIND,
	AMOUNT,
	PRODUCT,
	STORE_ID,
	COST,
	DISCOUNT,
	QUANTITY,
	CATEGORY,
	VIN,
	MILEAGE_KM,
	DEPARTMENT,
	STAFF_ID,
	REGION,
	CHANNEL,
	GROWTH_SOURCE,
	COMPETITOR,
	DUE_ON,
	PAID_ON,
	TIME,
	COLUMNS
};

static const struct {
	const char *name;
	bool number; /* bare in NDJSON */
} column[COLUMNS] = {
	[TXN_ID] = {"txn_id", false},
	[LINE_NO] = {"line_no", false},
	[CUSTOMER_ID] = {"customer_id", false},
	[DATE] = {"date", false},
	[KIND] = {"kind", false},
	[AMOUNT] = {"amount", true},
	[PRODUCT] = {"product", false},
	[STORE_ID] = {"store_id", false},
	[COST] = {"cost", true},
	[DISCOUNT] = {"discount", true},
	[QUANTITY] = {"quantity", true},
	[CATEGORY] = {"category", false},
	[VIN] = {"vin", false},
	[MILEAGE_KM] = {"mileage_km", true},
	[DEPARTMENT] = {"department", false},
	[STAFF_ID] = {"staff_id", false},
	[REGION] = {"region", false},
	[CHANNEL] = {"channel", false},
	[GROWTH_SOURCE] = {"growth_source", false},
	[COMPETITOR] = {"competitor", false},
	[DUE_ON] = {"due_on", false},
	[PAID_ON] = {"paid_on", false},
	[TIME] = {"time", false},
};

/* What is sold: how often out of a hundred, and the mean amount in fen. */
static const struct {
	int upto;
	const char *kind, *product, *category;
	uint64_t mean;
} goods[] = {
	{30, "service", "常规保养", "labour", 38000},
	{45, "service", "钣金喷漆", "labour", 120000},
	{60, "parts", "机油滤清器", "parts", 12000},
	{76, "parts", "前刹车片", "parts", 46000},
	{84, "accessory", "全包围脚垫", "accessory", 49800},
	{92, "insurance", "商业险续保", "insurance", 320000},
	{97, "refund", "退货", "parts", 20000},
	{100, "sale", "远岚X5", "vehicle", 13000000},
};

struct sample_stream {
	struct sample_stream_options o;
	struct rng rng;
	uint64_t row, deal;
	uint64_t seen;	      /* customers so far */
	uint64_t stride;      /* scatters their numbers */
	unsigned lines, line; /* of the deal */
	uint64_t customer;
	int32_t day;
	char scratch[ROW_BYTES];
	size_t used;
	struct text cell[COLUMNS];
};

static uint64_t common_factor(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

struct sample_stream *sample_stream_new(const struct sample_stream_options *o)
{
	struct sample_stream *s = mem_zalloc(1, sizeof(*s));

	s->o = *o;
	rng_init(&s->rng, o->seed, 0);
	/* near the golden section: neighbours land far apart */
	s->stride = (uint64_t)o->customers * 618 / 1000 + 1;
	while (common_factor(s->stride, o->customers) != 1)
		s->stride++;
	return s;
}

void sample_stream_free(struct sample_stream *s)
{
	free(s);
}

static size_t columns(const struct sample_stream *s)
{
	return s->o.wide ? COLUMNS : NARROW;
}

void sample_stream_header(const struct sample_stream *s, struct buf *to)
{
	if (s->o.form == SAMPLE_NDJSON)
		return;
	for (size_t i = 0; i < columns(s); i++) {
		if (i)
			buf_addc(to, ',');
		buf_adds(to, column[i].name);
	}
	buf_addc(to, '\n');
}

/* A cell of `n` bytes in the row's scratch. */
static char *cell(struct sample_stream *s, enum column c, size_t n)
{
	char *to = s->scratch + s->used;

	s->cell[c] = (struct text){to, n};
	s->used += n;
	return to;
}

static void put_code(struct sample_stream *s, enum column c, char letter,
		     size_t digits, uint64_t v)
{
	char *to = cell(s, c, digits + 1);

	to[0] = letter;
	for (size_t i = digits; i; i--, v /= 10)
		to[i] = (char)('0' + v % 10);
}

static void put_int(struct sample_stream *s, enum column c, uint64_t v)
{
	char *to = cell(s, c, 0);

	s->cell[c].n = text_put_u64(to, v);
	s->used += s->cell[c].n;
}

static void put_money(struct sample_stream *s, enum column c, int64_t fen)
{
	char *to = cell(s, c, 0);

	s->cell[c].n = money_format(fen, to);
	s->used += s->cell[c].n;
}

static void put_day(struct sample_stream *s, enum column c, int32_t day)
{
	day_format(day, cell(s, c, DAY_BYTES));
}

static void put_word(struct sample_stream *s, enum column c, const char *word)
{
	s->cell[c] = text_of(word);
}

/* The next deal: who and when. Somebody new with the chance that leaves
 * nobody out at the end; else one of those seen, early ones more often. */
static void next_deal(struct sample_stream *s)
{
	uint64_t left = s->o.rows - s->row, unseen = s->o.customers - s->seen;
	uint64_t span = (uint64_t)(s->o.last - s->o.first) + 1;
	uint64_t who;

	s->deal++;
	s->line = 0;
	s->lines = (unsigned)rng_between(&s->rng, 1, 3);
	if (s->seen == 0 || rng_below(&s->rng, left) < unseen) {
		who = s->seen++;
		unseen--;
	} else {
		uint64_t a = rng_below(&s->rng, s->seen);
		uint64_t b = rng_below(&s->rng, s->seen);

		who = a < b ? a : b;
	}
	/* no more lines than leave room for those not yet seen */
	if (s->lines > left - unseen)
		s->lines = (unsigned)(left - unseen);
	s->customer = who * s->stride % s->o.customers + 1;
	s->day = s->o.first + (int32_t)(s->row * span / s->o.rows);
}

static void fill_wide(struct sample_stream *s, size_t good, int64_t amount)
{
	static const char *const region[] = {"华南", "华东", "华北"};
	static const char *const channel[] = {"展厅", "电话", "网络"};
	static const char *const source[] = {
		"new-product", "new-market", "channel-structure",
		"consumer-education", "promotion-innovation", "sales-force"};
	uint64_t dice = rng_next(&s->rng);
	char vin[SAMPLE_VIN];

	put_money(s, COST, amount * 7 / 10);
	put_money(s, DISCOUNT, amount > 0 ? amount / 20 : 0);
	put_int(s, QUANTITY, 1 + dice % 3);
	put_word(s, CATEGORY, goods[good].category);
	sample_vin(vin, "LYU", TEXT("X5A16"), 2023, (unsigned)s->customer);
	memcpy(cell(s, VIN, SAMPLE_VIN - 1), vin, SAMPLE_VIN - 1);
	put_int(s, MILEAGE_KM, 500 + (dice >> 8) % 120000);
	put_word(s, DEPARTMENT, good < 2 ? "售后部" : "备件部");
	put_code(s, STAFF_ID, 'E', 3, (dice >> 32) % 40 + 1);
	put_word(s, REGION, region[(dice >> 40) % 3]);
	put_word(s, CHANNEL, channel[(dice >> 44) % 3]);
	put_word(s, GROWTH_SOURCE, source[(dice >> 48) % 6]);
	put_word(s, COMPETITOR, (dice >> 52) % 16 ? "no" : "yes");
	put_day(s, DUE_ON, s->day + 30);
	put_day(s, PAID_ON, s->day);
	memcpy(cell(s, TIME, 5), "10:00", 5);
	s->scratch[s->used - 4] = (char)('0' + (dice >> 56) % 8);
}

static void fill_row(struct sample_stream *s)
{
	int dice = (int)rng_below(&s->rng, 100);
	size_t good = 0;
	int64_t amount;
	char *to;

	while (dice >= goods[good].upto)
		good++;
	/* a quarter of the mean for certain, the rest exponential */
	amount = (int64_t)((goods[good].mean / 4) +
			   (rng_exponential(&s->rng) / 4 * 3 *
				    (goods[good].mean / 64) >>
			    26));
	if (strcmp(goods[good].kind, "refund") == 0)
		amount = -amount;
	s->used = 0;
	put_code(s, TXN_ID, 'T', 9, s->deal);
	put_int(s, LINE_NO, s->line);
	put_code(s, CUSTOMER_ID, 'C', s->o.customers > 9999999 ? 8 : 7,
		 s->customer);
	put_day(s, DATE, s->day);
	put_word(s, KIND, goods[good].kind);
	put_money(s, AMOUNT, amount);
	to = cell(s, PRODUCT, 5 + strlen(goods[good].product));
	memcpy(to, "A000 ", 5);
	to[1] = (char)('0' + dice / 10);
	to[2] = (char)('0' + dice % 10);
	memcpy(to + 5, goods[good].product, strlen(goods[good].product));
	put_code(s, STORE_ID, 'S', 2, s->customer % 12 + 1);
	if (s->o.wide)
		fill_wide(s, good, amount);
}

static char *copy(char *to, const char *from, size_t n)
{
	memcpy(to, from, n);
	return to + n;
}

static char *write_csv(const struct sample_stream *s, char *to)
{
	bool quoted = s->o.form == SAMPLE_QUOTED;

	for (size_t i = 0; i < columns(s); i++) {
		if (i)
			*to++ = ',';
		if (quoted)
			*to++ = '"';
		to = copy(to, s->cell[i].p, s->cell[i].n);
		if (quoted)
			*to++ = '"';
	}
	return to;
}

static char *write_json(const struct sample_stream *s, char *to)
{
	*to++ = '{';
	for (size_t i = 0; i < columns(s); i++) {
		if (i)
			*to++ = ',';
		*to++ = '"';
		to = copy(to, column[i].name, strlen(column[i].name));
		to = copy(to, "\":\"", column[i].number ? 2 : 3);
		to = copy(to, s->cell[i].p, s->cell[i].n);
		if (!column[i].number)
			*to++ = '"';
	}
	*to++ = '}';
	return to;
}

bool sample_stream_next(struct sample_stream *s, struct buf *out)
{
	char *start, *to;

	if (s->row == s->o.rows)
		return false;
	if (s->line == s->lines)
		next_deal(s);
	s->line++;
	fill_row(s);
	s->row++;
	start = buf_room(out, 2 * ROW_BYTES);
	to = s->o.form == SAMPLE_NDJSON ? write_json(s, start)
					: write_csv(s, start);
	*to++ = '\n';
	out->n += (size_t)(to - start);
	return true;
}
