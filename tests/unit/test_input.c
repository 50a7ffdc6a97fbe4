/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files as one stream of typed rows: what is given out, left out, set aside,
 * and that nothing is lost between. Each case is read by one byte and by
 * many, with a thread and without, by one lane and by several, and must give
 * the same.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "stream/feed.h"
#include "stream/input.h"
#include "stream/lanes.h"
#include "tests/unit/child.h"

#define FILES 3
#define ENDS { NULL, COL_TEXT, INPUT_OPTIONAL }

/* A run: the options, the files and what is wanted of them. */
struct run {
	const char *stream;	/* NULL: any table */
	struct input_column column[6];
	const char *option[8];	/* name, value, ... */
	const char *name[FILES];
	struct text bytes[FILES];
	const char *out;	/* rows as told below */
	const char *err;	/* what the message holds; NULL: none */
	const char *rejects;	/* rows of the rejects file, without its head */
	/* how, set for each try */
	const char *folder;
	size_t chunk;
	int64_t jobs;
	bool lanes;
};

static void set_option(struct common *c, const char *name, const char *value)
{
	static const char *items[3][8];
	static size_t used[3];
	struct opt_list *lists[] = { &c->cols, &c->wheres, &c->withs };
	static const char *const names[] = { "col", "where", "with" };

	for (size_t i = 0; i < NELEMS(names); i++)
		if (strcmp(name, names[i]) == 0) {
			items[i][used[i]++] = value;
			*lists[i] = (struct opt_list){ items[i], used[i], 8 };
			return;
		}
	if (strcmp(name, "from") == 0)
		c->from = value;
	else if (strcmp(name, "period") == 0)
		c->period = value;
	else if (strcmp(name, "rejects") == 0)
		c->rejects = value;
	else if (strcmp(name, "max-rejects") == 0)
		c->max_rejects = value;
	else if (strcmp(name, "tz") == 0)
		c->tz = value;
	else
		ck_abort_msg("no option %s here", name);
}

/* line file cell|cell|... with - for what is not known. */
static void tell_row(struct buf *to, const struct row *row, size_t n)
{
	buf_addf(to, "%llu %s", (unsigned long long)row->line, row->file);
	for (size_t i = 0; i < n; i++) {
		const struct cell *c = &row->cell[i];

		buf_addf(to, "%c%.*s", i ? '|' : ' ',
			 c->known ? (int)c->text.n : 1,
			 c->known ? c->text.p : "-");
	}
	buf_addc(to, '\n');
}

static void tell_rows(struct input *in, size_t n)
{
	struct row row;

	while (input_next(in, &row)) {
		struct buf told = { 0 };

		tell_row(&told, &row, n);
		printf("%.*s", (int)told.n, told.p);
		buf_release(&told);
	}
}

/* ---- the same by lanes ---- */

/* Rows that one lane has met, to be put in order. */
struct told {
	const struct run *run;
	size_t columns;
	struct told_row {
		size_t file;
		uint64_t line;
		struct buf text;
	} *row;
	size_t n, cap;
};

static void *told_begin(void *ctx)
{
	struct told *t = mem_alloc(1, sizeof(*t));

	*t = *(const struct told *)ctx;
	return t;
}

static void told_fold(struct input *in, void *state)
{
	struct told *t = state;
	struct row row;

	while (input_next(in, &row)) {
		struct told_row r = { .line = row.line };

		while (strcmp(t->run->name[r.file], row.file) != 0)
			r.file++;
		tell_row(&r.text, &row, t->columns);
		t->row = mem_grow(t->row, t->n, &t->cap, sizeof(*t->row));
		t->row[t->n++] = r;
	}
}

static void told_join(void *into, void *from)
{
	struct told *a = into, *b = from;

	for (size_t i = 0; i < b->n; i++) {
		a->row = mem_grow(a->row, a->n, &a->cap, sizeof(*a->row));
		a->row[a->n++] = b->row[i];
	}
	free(b->row);
	free(b);
}

static int by_place(const void *a, const void *b)
{
	const struct told_row *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static void tell_by_lanes(struct input *in, const struct run *r, size_t n)
{
	static const struct lanes_job job = { told_begin, told_fold,
					      told_join };
	struct told none = { .run = r, .columns = n };
	struct told *t = lanes_fold(in, &job, &none);

	if (t->n)
		qsort(t->row, t->n, sizeof(*t->row), by_place);
	for (size_t i = 0; i < t->n; i++) {
		printf("%.*s", (int)t->row[i].text.n, t->row[i].text.p);
		buf_release(&t->row[i].text);
	}
	free(t->row);
	free(t);
}

static void read_all(void *ctx)
{
	const struct run *r = ctx;
	struct common common;
	struct input_counts c;
	struct input *in;
	char *files[FILES + 1] = { 0 };
	size_t n = 0, nfiles = 0;

	if (chdir(r->folder))
		exit(99);
	common_init(&common);
	for (size_t i = 0; r->option[i]; i += 2)
		set_option(&common, r->option[i], r->option[i + 1]);
	common.jobs = r->jobs;
	feed_set_chunk(r->chunk);
	while (r->column[n].name)
		n++;
	for (; nfiles < FILES && r->name[nfiles]; nfiles++)
		if (strncmp(r->name[nfiles], "with", 4) == 0)
			break;
		else
			files[nfiles] = (char *)(uintptr_t)r->name[nfiles];
	in = input_open(&common,
			r->stream ? schema_find(text_of(r->stream)) : NULL,
			r->column, n, files, nfiles);
	if (r->lanes)
		tell_by_lanes(in, r, n);
	else
		tell_rows(in, n);
	c = input_counts(in);
	if (c.in != c.used + c.filtered + c.not_data + c.merged + c.rejected)
		puts("rows are lost");
	printf("in=%llu used=%llu filtered=%llu rejected=%llu\n",
	       (unsigned long long)c.in, (unsigned long long)c.used,
	       (unsigned long long)c.filtered, (unsigned long long)c.rejected);
	input_close(in, c.used);
}

static void check_run(struct run *r)
{
	char *folder = folder_make();
	struct child c = { 0 };

	for (size_t i = 0; i < FILES && r->name[i]; i++) {
		char *path = folder_file(folder, r->name[i]);

		file_write(path, r->bytes[i]);
		free(path);
	}
	r->folder = folder;
	child_run(&c, read_all, r);
	if (r->err) {
		ck_assert_int_ne(c.status, 0);
		if (!strstr(c.err.p, r->err))
			ck_abort_msg("%s\nhas not\n%s", c.err.p, r->err);
	} else {
		ck_assert_str_eq(c.err.p, "");
		ck_assert_int_eq(c.status, 0);
	}
	/* Lanes tell what they know when all is read. */
	if (r->out && !(r->lanes && r->err))
		ck_assert_str_eq(c.out.p, r->out);
	if (r->rejects) {
		static const char head[] =
			"file,line,column,reason,message,record\n";
		char *path = folder_file(folder, "r.csv");
		struct buf got = file_read(path);

		ck_assert_ptr_nonnull(got.p);
		ck_assert(text_starts(buf_text(&got), head));
		ck_assert_str_eq(got.p + strlen(head), r->rejects);
		buf_release(&got);
		free(path);
	}
	child_release(&c);
	folder_remove(folder);
}

static void gives(const struct run *run)
{
	static const size_t chunks[] = { 0, 1, 7 };
	static const struct {
		int64_t jobs;
		bool lanes;
	} ways[] = { { 1, false }, { 2, false }, { 1, true }, { 2, true },
		     { 8, true } };

	for (size_t i = 0; i < NELEMS(chunks); i++)
		for (size_t k = 0; k < NELEMS(ways); k++) {
			struct run r = *run;

			r.chunk = chunks[i];
			r.jobs = ways[k].jobs;
			r.lanes = ways[k].lanes;
			check_run(&r);
		}
}

#define ID_AMOUNT                                             \
	{ { "customer_id", COL_TEXT, INPUT_FILLED },          \
	  { "amount", COL_MONEY, INPUT_FILLED }, ENDS }

static const struct run runs[] = {
	/* ---- a file as a whole ---- */
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount\nC1,1\nC2,2.50\n") },
	  .out = "2 a.csv C1|1\n3 a.csv C2|2.50\n"
		 "in=2 used=2 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("\xef\xbb\xbf\"amount\",x,\"customer_id\"\r\n\r\n"
			  "1,,\"C,1\"\r\n2,\"a\nb\",C2\r\n3,,C3") },
	  .out = "3 a.csv C,1|1\n4 a.csv C2|2\n6 a.csv C3|3\n"
		 "in=3 used=3 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount\rC1,1\rC2,2\r") },
	  .out = "2 a.csv C1|1\n3 a.csv C2|2\n"
		 "in=2 used=2 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount\n") },
	  .out = "in=0 used=0 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" }, .bytes = { { "", 0 } },
	  .err = "a.csv: no header: the file is empty" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("\xef\xbb\xbf") },
	  .err = "a.csv: no header: the file is empty" },
	{ .column = ID_AMOUNT, .name = { "a.csv" }, .bytes = { TEXT("\r\n\n") },
	  .err = "a.csv: no header: the file is empty" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id\nC1\n") },
	  .err = "a.csv: no column \"amount\"" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount,amount\nC1,1,2\n") },
	  .err = "a.csv: the column \"amount\" stands twice" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount,x,x\nC1,1,2,3\n") },
	  .out = "2 a.csv C1|1\nin=1 used=1 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount,\nC1,1,\nC2,2,\n") },
	  .out = "2 a.csv C1|1\n3 a.csv C2|2\n"
		 "in=2 used=2 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id;amount\nC1;1\n") },
	  .err = "a.csv: the header is one column that holds ';'" },
	{ .column = ID_AMOUNT, .name = { "a.csv" }, .option = { "from", "tsv" },
	  .bytes = { TEXT("customer_id\tamount\n\"C\t1\"\t1\n") },
	  .out = "2 a.csv C\t1|1\nin=1 used=1 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("\x1f\x8b\x08\x00\x00") }, .err = "gzip" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount\nC1,\xff\n") },
	  .err = "a.csv:2: bad-utf8: not UTF-8 at offset 3 of the row" },

	/* ---- several files ---- */
	{ .column = ID_AMOUNT, .name = { "a.csv", "b.csv", "c.ndjson" },
	  .bytes = { TEXT("customer_id,amount\nC1,1\n"),
		     TEXT("x,amount,customer_id\n9,2,C2"),
		     TEXT("{\"amount\":3,\"customer_id\":\"C3\"}\n") },
	  .out = "2 a.csv C1|1\n2 b.csv C2|2\n1 c.ndjson C3|3\n"
		 "in=3 used=3 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv", "b.csv" },
	  .bytes = { TEXT("customer_id,amount\nC1,1\n"),
		     TEXT("customer_id,x\nC2,2\n") },
	  .err = "b.csv: no column \"amount\"" },
	/* A column that may be missing is unknown in the file without it. */
	{ .column = { { "customer_id", COL_TEXT, INPUT_FILLED },
		      { "cost", COL_MONEY, INPUT_OPTIONAL }, ENDS },
	  .name = { "a.csv", "b.csv", "c.csv" },
	  .bytes = { TEXT("customer_id\nC1\n"),
		     TEXT("cost,customer_id\n5,C2\n,C4\n"),
		     TEXT("customer_id,x\nC3,7\n") },
	  .out = "2 a.csv C1|-\n2 b.csv C2|5\n3 b.csv C4|-\n2 c.csv C3|-\n"
		 "in=4 used=4 filtered=0 rejected=0\n" },

	/* ---- --col ---- */
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "col", "amount=sum" },
	  .bytes = { TEXT("customer_id,amount,sum\nC1,no number,2\n") },
	  .out = "2 a.csv C1|2\nin=1 used=1 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "col", "amount=customer_id", "col",
		      "customer_id=amount" },
	  .bytes = { TEXT("customer_id,amount\n1,C1\n") },
	  .out = "2 a.csv C1|1\nin=1 used=1 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "col", "amount=a=b" },
	  .bytes = { TEXT("customer_id,a=b\nC1,1\n") },
	  .out = "2 a.csv C1|1\nin=1 used=1 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "col", "amount=none" },
	  .bytes = { TEXT("customer_id,amount\nC1,1\n") },
	  .err = "a.csv: no column \"none\", which --col has for amount" },
	{ .column = ID_AMOUNT, .name = { "a.csv" }, .option = { "col", "x" },
	  .bytes = { TEXT("customer_id,amount\n") },
	  .err = "--col: \"x\" is not NAME=HEADER" },

	/* ---- --where and the period ---- */
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "where", "amount>=2", "where", "store=B" },
	  .bytes = { TEXT("customer_id,store,amount\nC1,B,1\nC2,B,2\n"
			  "C3,A,3\nC4,\"B\",4\nC5,,5\n") },
	  .out = "3 a.csv C2|2\n5 a.csv C4|4\n"
		 "in=5 used=2 filtered=3 rejected=0\n" },
	/* Twice the same column, with a value that only libcsv can read. */
	{ .column = { { "name", COL_TEXT, INPUT_FILLED }, ENDS },
	  .name = { "a.csv" },
	  .option = { "where", "name!=x", "where", "name>=a" },
	  .bytes = { TEXT("name\n\"a\"\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
			  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
			  "\"\n") },
	  .out = "2 a.csv a\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		 "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
		 "in=1 used=1 filtered=0 rejected=0\n" },
	/* A row that is not asked about is not judged. */
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "where", "store=A" },
	  .bytes = { TEXT("customer_id,amount,store\nC1,wrong,B\nC2,2,A\n") },
	  .out = "3 a.csv C2|2\nin=2 used=1 filtered=1 rejected=0\n" },
	/* Unknown cells: never less or more than anything. */
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "where", "n<5" },
	  .bytes = { TEXT("customer_id,amount,n\nC1,1,\nC2,2,4\nC3,3,6\n") },
	  .out = "3 a.csv C2|2\nin=3 used=1 filtered=2 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "where", "n=" },
	  .bytes = { TEXT("customer_id,amount,n\nC1,1,\nC2,2,4\n") },
	  .out = "2 a.csv C1|1\nin=2 used=1 filtered=1 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "where", "none=1" },
	  .bytes = { TEXT("customer_id,amount\n") },
	  .err = "a.csv: no column \"none\"" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "where", "n<5" },
	  .bytes = { TEXT("customer_id,amount,n\nC1,1,x\n") },
	  .err = "a.csv:2: bad-number" },
	{ .stream = "transactions", .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "period", "2024-02" },
	  .bytes = { TEXT("customer_id,amount,date\nC1,1,2024-01-31\n"
			  "C2,2,2024-02-01\nC3,3,2024-02-29\n"
			  "C4,4,2024-03-01\n") },
	  .out = "3 a.csv C2|2\n4 a.csv C3|3\n"
		 "in=4 used=2 filtered=2 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "period", "2024" },
	  .bytes = { TEXT("customer_id,amount,sold_on\nC1,1,2024-01-31\n"
			  "C2,2,2023-01-01\n") },
	  .out = "2 a.csv C1|1\nin=2 used=1 filtered=1 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "period", "2024" },
	  .bytes = { TEXT("customer_id,amount\nC1,1\n") },
	  .err = "no date column" },
	/* An instant lies in the day that is written in it. */
	{ .stream = "complaints",
	  .column = { { "case_id", COL_TEXT, INPUT_FILLED }, ENDS },
	  .name = { "a.csv" }, .option = { "period", "2024-02-01" },
	  .bytes = { TEXT("case_id,at\nK1,2024-02-01T00:00:00+08:00\n"
			  "K2,2024-02-01 23:59\nK3,2024-01-31T23:59:59Z\n") },
	  .out = "2 a.csv K1\n3 a.csv K2\n"
		 "in=3 used=2 filtered=1 rejected=0\n" },
	{ .stream = "complaints",
	  .column = { { "case_id", COL_TEXT, INPUT_FILLED }, ENDS },
	  .name = { "a.csv" }, .option = { "where", "at>=2024-02-01 08:00" },
	  .bytes = { TEXT("case_id,at\nK1,2024-02-01T00:00:00Z\n"
			  "K2,2024-01-31T23:59:59Z\n") },
	  .out = "2 a.csv K1\nin=2 used=1 filtered=1 rejected=0\n" },

	/* ---- --with ---- */
	{ .column = { { "customer_id", COL_TEXT, INPUT_FILLED },
		      { "city", COL_TEXT, INPUT_REQUIRED }, ENDS },
	  .option = { "with", "with.csv" }, .name = { "a.csv", "with.csv" },
	  .bytes = { TEXT("customer_id\nC1\nC2\nC3\nC1\n"),
		     TEXT("city,customer_id\n\"Sh\"\"en\",C1\nBei,C2\n"
			  "second,C1\nnobody,\n") },
	  .out = "2 a.csv C1|Sh\"en\n3 a.csv C2|Bei\n4 a.csv C3|-\n"
		 "5 a.csv C1|Sh\"en\nin=4 used=4 filtered=0 rejected=0\n" },
	{ .column = { { "customer_id", COL_TEXT, INPUT_FILLED }, ENDS },
	  .option = { "with", "with.csv", "where", "city=Bei" },
	  .name = { "a.csv", "with.csv" },
	  .bytes = { TEXT("customer_id\nC1\nC2\n"),
		     TEXT("customer_id,city\nC1,Sh\nC2,Bei\n") },
	  .out = "3 a.csv C2\nin=2 used=1 filtered=1 rejected=0\n" },
	/* The file's own column comes first; vin joins too. */
	{ .column = { { "city", COL_TEXT, INPUT_REQUIRED },
		      { "model", COL_TEXT, INPUT_REQUIRED }, ENDS },
	  .option = { "with", "with.csv" }, .name = { "a.csv", "with.csv" },
	  .bytes = { TEXT("vin,city\nV1,own\n,x\n"),
		     TEXT("vin,city,model\nV1,theirs,M\n") },
	  .out = "2 a.csv own|M\n3 a.csv x|-\n"
		 "in=2 used=2 filtered=0 rejected=0\n" },
	{ .column = { { "customer_id", COL_TEXT, INPUT_FILLED }, ENDS },
	  .option = { "with", "with.csv" }, .name = { "a.csv", "with.csv" },
	  .bytes = { TEXT("customer_id\nC1\n"), TEXT("id,city\nC1,Sh\n") },
	  .err = "--with with.csv: neither customer_id nor vin" },
	{ .column = { { "city", COL_TEXT, INPUT_REQUIRED }, ENDS },
	  .option = { "with", "with.csv", "rejects", "r.csv" },
	  .name = { "a.csv", "with.csv" },
	  .bytes = { TEXT("customer_id\nC1\n"),
		     TEXT("customer_id,city\nC1,Sh,x\n") },
	  .err = "with.csv:2: ragged: 3 fields under a header of 2; a file that "
		 "an option names must be sound" },

	/* ---- rejects ---- */
	{ .column = { { "customer_id", COL_TEXT, INPUT_FILLED },
		      { "amount", COL_MONEY, INPUT_FILLED },
		      { "date", COL_DAY, INPUT_REQUIRED }, ENDS },
	  .option = { "rejects", "r.csv", "max-rejects", "100%" },
	  .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount,date\n"
			  "C1,1,2024-01-01\n"
			  "C2,1\n"
			  "C3,x,2024-01-01\n"
			  "C4,,2024-01-01\n"
			  ",1,2024-01-01\n"
			  "C6,1,2023-02-29\n"
			  "C7,1,\n"
			  "C8,\"1\"x,2024-01-01\n"
			  "C\x00" "9,1,2024-01-01\n"
			  "C\xff,1,2024-01-01\n"
			  "\"C\n11\",13800138000.5x,2024-01-01\n"
			  "C12,13800138000,13800138000\n"
			  "\"\xff,1,2024-01-01\nC15,1\n") },
	  .out = "2 a.csv C1|1|2024-01-01\n8 a.csv C7|1|-\n"
		 "in=13 used=2 filtered=0 rejected=11\n",
	  .rejects =
		  "a.csv,1,,header,the header of the rows below,"
		  "\"customer_id,amount,date\"\n"
		  "a.csv,3,,ragged,2 fields under a header of 3,\"C2,1\"\n"
		  "a.csv,4,amount,bad-number,a text of 1 characters is not a "
		  "plain decimal number,\"C3,x,2024-01-01\"\n"
		  "a.csv,5,amount,bad-number,an empty value,"
		  "\"C4,,2024-01-01\"\n"
		  "a.csv,6,customer_id,missing,an empty value,"
		  "\",1,2024-01-01\"\n"
		  "a.csv,7,date,bad-date,\"\"\"2023-02-29\"\" is not a date "
		  "(YYYY-MM-DD)\",\"C6,1,2023-02-29\"\n"
		  "a.csv,9,,bad-quote,\"a quoted field is not closed within 16 "
		  "MiB, or text follows its closing quote\","
		  "\"C8,\"\"1\"\"x,2024-01-01\"\n"
		  "a.csv,10,,nul,a NUL byte at offset 1 of the row,"
		  "QwA5LDEsMjAyNC0wMS0wMQ==\n"
		  "a.csv,11,,bad-utf8,not UTF-8 at offset 1 of the row (byte "
		  "0xff),Q/8sMSwyMDI0LTAxLTAx\n"
		  "a.csv,12,amount,bad-number,a text of 14 characters is not a "
		  "plain decimal number,\"\"\"C\n11\"\","
		  "13800138000.5x,2024-01-01\"\n"
		  "a.csv,14,date,bad-date,a text of 11 characters is not a "
		  "date (YYYY-MM-DD),\"C12,13800138000,13800138000\"\n"
		  "a.csv,15,,bad-utf8,not UTF-8 at offset 1 of the row (byte "
		  "0xff),Iv8sMSwyMDI0LTAxLTAxCkMxNSwxCg==\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "rejects", "r.csv" },
	  .bytes = { TEXT("\ncustomer_id,amount\nC1,x\nC2,x\nC3,3\n") },
	  .err = "2 of 3 rows were rejected, more than --max-rejects 50%",
	  .rejects = "a.csv,2,,header,the header of the rows below,"
		     "\"customer_id,amount\"\n"
		     "a.csv,3,amount,bad-number,a text of 1 characters is not "
		     "a plain decimal number,\"C1,x\"\n"
		     "a.csv,4,amount,bad-number,a text of 1 characters is not "
		     "a plain decimal number,\"C2,x\"\n" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .option = { "max-rejects", "many" },
	  .bytes = { TEXT("customer_id,amount\nC1,x\n") },
	  .err = "--max-rejects: \"many\"" },
	{ .column = ID_AMOUNT, .name = { "a.csv" },
	  .bytes = { TEXT("customer_id,amount\nC1,x\n") },
	  .err = "a.csv:2: bad-number: a text of 1 characters is not a plain "
		 "decimal number, in column amount; --rejects FILE sets such "
		 "rows aside\n" },
	/* The header stands before the first reject of each file. */
	{ .column = ID_AMOUNT, .name = { "a.csv", "b.csv", "c.csv" },
	  .option = { "rejects", "r.csv" },
	  .bytes = { TEXT("customer_id,amount\nC1,1\nC2,x\n"),
		     TEXT("amount,customer_id\n2,C3\n"),
		     TEXT("amount,customer_id\nx,C5\n4,C4\n") },
	  .out = "2 a.csv C1|1\n2 b.csv C3|2\n3 c.csv C4|4\n"
		 "in=5 used=3 filtered=0 rejected=2\n",
	  .rejects = "a.csv,1,,header,the header of the rows below,"
		     "\"customer_id,amount\"\n"
		     "a.csv,3,amount,bad-number,a text of 1 characters is not "
		     "a plain decimal number,\"C2,x\"\n"
		     "c.csv,1,,header,the header of the rows below,"
		     "\"amount,customer_id\"\n"
		     "c.csv,2,amount,bad-number,a text of 1 characters is not "
		     "a plain decimal number,\"x,C5\"\n" },

	/* ---- JSON ---- */
	{ .column = ID_AMOUNT, .name = { "a.ndjson" },
	  .option = { "rejects", "r.csv" },
	  .bytes = { TEXT("\xef\xbb\xbf{\"customer_id\":\"C1\",\"amount\":1,"
			  "\"n\":null}\r\n\r\n"
			  "{\"amount\":2.50,\"customer_id\":\"\\u0043\\\"2\"}\n"
			  "{\"customer_id\":\"C3\",\"amount\":3,\"new\":1}\n"
			  "{\"customer_id\":13800138000,\"amount\":\"4\"}\n"
			  "{\"customer_id\":{\"a\": 1},\"amount\":5}\n"
			  "{\"customer_id\":\"C6\"}\n"
			  "{\"customer_id\":\"C7\",\"amount\":true}\n"
			  "[]\n"
			  "{\"customer_id\":\"C8\",\"amount\":8}") },
	  .out = "1 a.ndjson C1|1\n3 a.ndjson C\"2|2.50\n"
		 "5 a.ndjson 13800138000|4\n10 a.ndjson C8|8\n"
		 "in=9 used=4 filtered=0 rejected=5\n",
	  .err = "5 of 9 rows were rejected",
	  .rejects =
		  "a.ndjson,4,,new-column,\"the key \"\"new\"\" is not in the "
		  "first object\",\"{\"\"customer_id\"\":\"\"C3\"\","
		  "\"\"amount\"\":3,\"\"new\"\":1}\"\n"
		  "a.ndjson,6,customer_id,nested,a text of 7 characters is an "
		  "object or a list,\"{\"\"customer_id\"\":{\"\"a\"\": 1},"
		  "\"\"amount\"\":5}\"\n"
		  "a.ndjson,7,amount,bad-number,an empty value,"
		  "\"{\"\"customer_id\"\":\"\"C6\"\"}\"\n"
		  "a.ndjson,8,amount,bad-number,\"\"\"true\"\" is not a plain "
		  "decimal number\",\"{\"\"customer_id\"\":\"\"C7\"\","
		  "\"\"amount\"\":true}\"\n"
		  "a.ndjson,9,,not-object,a row is an object {...},[]\n" },
	/* Keys are names, but not every one is shown. */
	{ .column = { { "a", COL_TEXT, INPUT_FILLED }, ENDS },
	  .name = { "a.ndjson" },
	  .bytes = { TEXT("{\"a\":1}\n{\"a\":2,\"\":3}\n") },
	  .err = "a.ndjson:2: new-column: the key \"\" is not in" },
	{ .column = { { "a", COL_TEXT, INPUT_FILLED }, ENDS },
	  .name = { "a.ndjson" },
	  .bytes = { TEXT("{\"a\":1}\n{\"13800138000\":3}\n") },
	  .err = "a.ndjson:2: new-column: the key of 11 characters is not in" },
	/* A key that --col names may come later. */
	{ .column = ID_AMOUNT, .name = { "a.ndjson" },
	  .option = { "col", "amount=late" },
	  .bytes = { TEXT("{\"customer_id\":\"C1\",\"late\":1}\n"
			  "{\"customer_id\":\"C2\",\"late\":2}\n") },
	  .out = "1 a.ndjson C1|1\n2 a.ndjson C2|2\n"
		 "in=2 used=2 filtered=0 rejected=0\n" },
	{ .column = { { "customer_id", COL_TEXT, INPUT_FILLED },
		      { "note", COL_TEXT, INPUT_OPTIONAL }, ENDS },
	  .name = { "a.ndjson" }, .option = { "col", "note=late" },
	  .bytes = { TEXT("{\"customer_id\":\"C1\"}\n"
			  "{\"customer_id\":\"C2\",\"late\":\"x\"}\n") },
	  .out = "1 a.ndjson C1|-\n2 a.ndjson C2|x\n"
		 "in=2 used=2 filtered=0 rejected=0\n" },
	/* Bad records before the first sound object are told in their place. */
	{ .column = ID_AMOUNT, .name = { "a.ndjson" },
	  .option = { "from", "ndjson", "rejects", "r.csv" },
	  .bytes = { TEXT("{\"a\"\n\n1\n{\"customer_id\":\"C1\",\"amount\":1}\n"
			  "{\"customer_id\":\"C2\",\"amount\":2}\n") },
	  .out = "4 a.ndjson C1|1\n5 a.ndjson C2|2\n"
		 "in=4 used=2 filtered=0 rejected=2\n",
	  .rejects = "a.ndjson,1,,bad-json,not valid JSON at column 4 of the "
		     "row,\"{\"\"a\"\"\"\n"
		     "a.ndjson,3,,not-object,a row is an object {...},1\n" },
	{ .column = ID_AMOUNT, .name = { "a.ndjson" },
	  .option = { "from", "ndjson" }, .bytes = { { "", 0 } },
	  .out = "in=0 used=0 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.json" },
	  .bytes = { TEXT(" [\n{\"customer_id\":\"C1\",\n\"amount\":1},\n"
			  "{\"customer_id\":\"C2\",\"amount\":2}\n]\n") },
	  .out = "2 a.json C1|1\n4 a.json C2|2\n"
		 "in=2 used=2 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.json" }, .bytes = { TEXT("[]") },
	  .out = "in=0 used=0 filtered=0 rejected=0\n" },
	{ .column = ID_AMOUNT, .name = { "a.json" },
	  .option = { "rejects", "r.csv" },
	  .bytes = { TEXT("[{\"customer_id\":\"C1\",\"amount\":1},\n"
			  "{\"customer_id\":\"C2\",\"amount\":2}\n") },
	  .out = "1 a.json C1|1\n2 a.json C2|2\n"
		 "in=3 used=2 filtered=0 rejected=1\n",
	  .rejects = "a.json,3,,bad-json,the array is cut short,\n" },
	{ .column = ID_AMOUNT, .name = { "a.json" },
	  .option = { "rejects", "r.csv", "max-rejects", "9" },
	  .bytes = { TEXT("[7,\n") },
	  .out = "in=2 used=0 filtered=0 rejected=2\n",
	  .rejects = "a.json,1,,not-object,a row is an object {...},7\n"
		     "a.json,2,,bad-json,the array is cut short,\n" },
	{ .column = ID_AMOUNT, .name = { "a.json" },
	  .option = { "rejects", "r.csv" },
	  .bytes = { TEXT("[{\"customer_id\":\"C1\",\"amount\":1}]\nmore\n") },
	  .out = "1 a.json C1|1\nin=2 used=1 filtered=0 rejected=1\n",
	  .rejects = "a.json,2,,bad-json,\"not an element of the array, or cut "
		     "short\",more\n" },
	{ .column = ID_AMOUNT, .name = { "a.ndjson" },
	  .bytes = { TEXT("{\n\"customer_id\":\"C1\"}\n") },
	  .err = "one object a line" },
};

START_TEST(rows_are_given_however_they_arrive)
{
	gives(&runs[_i]);
}
END_TEST

/* Bad records are kept until the columns are known, but not without end. */
static void read_bad(void *path)
{
	static const struct input_column one[] = { { "a", COL_TEXT,
						     INPUT_FILLED } };
	char *files[] = { path, NULL };
	struct common common;
	struct input *in;
	struct row row;
	size_t kib = 0;
	char line[256];
	FILE *f;

	common_init(&common);
	common.rejects = "/dev/null";
	common.max_rejects = "100%";
	in = input_open(&common, NULL, one, 1, files, 1);
	while (input_next(in, &row))
		;
	ck_assert_uint_eq(input_counts(in).rejected, 60);
	input_close(in, 0);
	f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "VmHWM: %zu", &kib) == 1)
			break;
	fclose(f);
	printf("%zu\n", kib >> 10);
}

START_TEST(bad_records_before_the_first_object_have_a_limit)
{
	char *folder = folder_make(), *path = folder_file(folder, "a.ndjson");
	FILE *f = fopen(path, "wb");
	struct child c = { 0 };

	ck_assert_ptr_nonnull(f);
	for (int i = 0; i < 60; i++) {
		fputs("{\"a\":", f);
		for (int k = 0; k < 4 << 20; k++)
			putc('x', f);
		putc('\n', f);
	}
	fclose(f);
	child_run(&c, read_bad, path);
	ck_assert_str_eq(c.err.p, "");
	ck_assert_int_eq(c.status, 0);
	ck_assert_int_lt(atoi(c.out.p), 150);
	child_release(&c);
	free(path);
	folder_remove(folder);
}
END_TEST

/* ---- the caller's part ---- */

static void skip_and_reject(void *folder)
{
	static const struct input_column columns[] = {
		{ "id", COL_TEXT, INPUT_FILLED },
		{ "date", COL_DAY, INPUT_OPTIONAL },
		{ "none", COL_TEXT, INPUT_OPTIONAL },
	};
	char *files[] = { folder_file(folder, "a.csv"), NULL };
	struct common common;
	struct input_counts c;
	struct input *in;
	struct row row;

	common_init(&common);
	common.rejects = folder_file(folder, "r.csv");
	common.max_rejects = "1";
	in = input_open(&common, NULL, columns, NELEMS(columns), files, 1);
	ck_assert(input_has(in, 0) && input_has(in, 1) && !input_has(in, 2));
	ck_assert_uint_eq(input_width(in), 3);
	ck_assert(text_is(input_header(in, 2), "x"));
	while (input_next(in, &row)) {
		struct text id = row.cell[0].text;

		ck_assert(text_is(input_raw_cell(in, 0), "") ||
			  text_eq(input_raw_cell(in, 0), id));
		if (text_is(id, "skip"))
			input_skip(in);
		else if (text_is(id, "bad"))
			input_reject(in, 0, REASON_BAD_ID, "%d is bad", 7);
	}
	c = input_counts(in);
	ck_assert_uint_eq(c.in, 4);
	ck_assert_uint_eq(c.used, 2);
	ck_assert_uint_eq(c.filtered, 1);
	ck_assert_uint_eq(c.rejected, 1);
	ck_assert_int_eq(input_last_day(in), 2);
	input_close(in, 2);
	free(files[0]);
	free((char *)(uintptr_t)common.rejects);
}

START_TEST(the_caller_leaves_out_and_sets_aside)
{
	char *folder = folder_make(), *path = folder_file(folder, "a.csv");
	struct child c = { 0 };
	struct buf got;

	file_write(path, TEXT("id,date,x\na,1970-01-03,\nskip,,\nbad,,\n"
			      "b,1970-01-02,\n"));
	child_run(&c, skip_and_reject, folder);
	ck_assert_str_eq(c.err.p, "");
	ck_assert_int_eq(c.status, 0);
	free(path);
	path = folder_file(folder, "r.csv");
	got = file_read(path);
	ck_assert_ptr_nonnull(
		strstr(got.p, "a.csv,4,id,bad-id,7 is bad,\"bad,,\"\n"));
	buf_release(&got);
	free(path);
	child_release(&c);
	folder_remove(folder);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("input");
	TCase *t = tcase_create("input");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, rows_are_given_however_they_arrive, 0,
			    NELEMS(runs));
	tcase_add_test(t, bad_records_before_the_first_object_have_a_limit);
	tcase_add_test(t, the_caller_leaves_out_and_sets_aside);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
