/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crm-sample: an invented dealership's raw exports, and the truth about them;
 * or a long stream of transactions for benches.
 */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/msg.h"
#include "base/opt.h"
#include "base/share.h"
#include "cmd/sample/pages.h"
#include "model/sample_export.h"
#include "model/sample_stream.h"
#include "stream/sink.h"

#define FILES_MAX 24
#define CHUNK	  65536

static const char about[] =
	"Invents a car dealership: writes into DIR what its departments would\n"
	"export, in their encodings and spellings, and into DIR/truth who is\n"
	"who. With --transactions: a canonical stream of N rows to FILE.";

/* Customers of a folder of exports, who are all held in memory. */
#define WORLD_MAX 5000000

struct options {
	int64_t customers, seed, months, transactions, bad;
	int32_t until;
	const char *output;
	int to;
	bool wide, quoted, dry_run;
};

/* One file of the folder, as bytes still to be encoded. */
struct page {
	const char *folder, *name, *what;
	enum sample_encoding encoding;
	struct buf text;
};

static void set_quiet(const char *unused)
{
	(void)unused;
	msg_quiet(true);
}

/* UTF-8 into what the department's program writes. */
static void encode(struct page *p, const char *charset)
{
	struct buf to = {0};
	iconv_t cd = iconv_open(charset, "UTF-8");
	char *in = p->text.p;
	size_t left = p->text.n;

	if (cd == (iconv_t)-1)
		die_errno("iconv to %s", charset);
	if (p->encoding == SAMPLE_UTF16)
		buf_add(&to, "\xff\xfe", 2);
	while (left) {
		char *out = buf_room(&to, CHUNK), *start = out;
		size_t room = CHUNK;

		if (iconv(cd, &in, &left, &out, &room) == (size_t)-1 &&
		    errno != E2BIG)
			die_errno("%s as %s", p->name, charset);
		to.n += (size_t)(out - start);
	}
	iconv_close(cd);
	buf_release(&p->text);
	p->text = to;
}

/* Cells made what the file is to be. */
static void form_page(struct page *p, int32_t made_on)
{
	const char *dot = strrchr(p->name, '.');
	struct buf to = {0}, title = {0};

	buf_add(&title, p->name, dot ? (size_t)(dot - p->name) : 0);
	if (p->encoding == SAMPLE_HTML)
		sample_html(buf_text(&p->text), &to);
	else
		sample_workbook(buf_text(&p->text), title.p, made_on, &to);
	buf_release(&title);
	buf_release(&p->text);
	p->text = to;
}

static void encode_page(struct page *p, int32_t made_on)
{
	if (p->encoding == SAMPLE_HTML || p->encoding == SAMPLE_WORKBOOK)
		form_page(p, made_on);
	if (p->encoding == SAMPLE_GB18030 || p->encoding == SAMPLE_HTML)
		encode(p, "GB18030");
	else if (p->encoding == SAMPLE_UTF16)
		encode(p, "UTF-16LE");
}

static size_t truth_page(struct page *page, const char *name)
{
	*page = (struct page){"truth/", name, "truth", SAMPLE_UTF8, {0}};
	return 1;
}

/* All files of the dealership; returns how many. */
static size_t write_pages(const struct sample_world *w, struct page *page)
{
	size_t n = 0;
	struct buf *rows, *sums, *entities;

	truth_page(&page[n], "entities.csv");
	entities = &page[n++].text;
	truth_page(&page[n], "rows.csv");
	rows = &page[n++].text;
	truth_page(&page[n], "sums.csv");
	sums = &page[n++].text;
	buf_adds(entities, sample_entities_header);
	buf_adds(rows, sample_rows_header);
	buf_adds(sums, sample_sums_header);
	for (size_t i = 0; i < sample_files; i++) {
		struct page *p = &page[n++];

		*p = (struct page){"",
				   sample_file[i].name,
				   sample_file[i].what,
				   sample_file[i].encoding,
				   {0}};
		if (p->encoding == SAMPLE_UTF8_BOM)
			buf_adds(&p->text, "\xef\xbb\xbf");
		sample_export(w, i, &p->text, rows, sums, entities);
		encode_page(p, w->o.last + 1);
	}
	for (size_t i = 0; i < sample_truth_files; i++) {
		truth_page(&page[n], sample_truth_file[i].name);
		sample_truth_file[i].write(w, &page[n++].text);
	}
	return n;
}

static void make_folder(const char *path)
{
	struct stat st;

	if (mkdir(path, 0777) == 0)
		return;
	if (errno != EEXIST)
		die_errno("%s", path);
	if (stat(path, &st) < 0)
		die_errno("%s", path);
	if (!S_ISDIR(st.st_mode))
		die("%s: is not a folder", path);
}

static char *join_path(const char *dir, const struct page *p)
{
	struct buf path = {0};

	buf_addf(&path, "%s/%s%s", dir, p->folder, p->name);
	return path.p;
}

static void list_pages(const char *dir, const struct page *page, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *path = join_path(dir, &page[i]);

		if (printf("%s\t%zu bytes\t%s\n", path, page[i].text.n,
			   page[i].what) < 0)
			die_errno("standard output");
		free(path);
	}
	if (fflush(stdout) != 0)
		die_errno("standard output");
}

/* All files are written before the first is put in its place. */
static void save_pages(const char *dir, struct page *page, size_t n)
{
	struct sink *sink[FILES_MAX];
	struct page truth = {"truth", "", NULL, SAMPLE_UTF8, {0}};
	char *path = join_path(dir, &truth);

	make_folder(dir);
	make_folder(path);
	free(path);
	for (size_t i = 0; i < n; i++) {
		path = join_path(dir, &page[i]);
		sink[i] = sink_open(path, SINK_PLAIN);
		sink_put(sink[i], page[i].text.p, page[i].text.n);
		sink_flush(sink[i]);
		free(path);
	}
	for (size_t i = 0; i < n; i++)
		sink_close(sink[i]);
}

static struct sample_world *make_world(const struct options *o,
				       struct buf list[SAMPLE_LISTS])
{
	struct sample_options so = {
		.seed = (uint64_t)o->seed,
		.customers = (uint32_t)o->customers,
		.first = day_add_months(o->until + 1, (int)-o->months),
		.last = o->until,
		.bad_millionths = (uint32_t)o->bad,
	};
	struct text csv[SAMPLE_LISTS];
	struct sample_world *w;
	int bad;

	for (int i = 0; i < SAMPLE_LISTS; i++) {
		share_read(sample_list_file[i], &list[i]);
		csv[i] = buf_text(&list[i]);
	}
	w = sample_world_new(&so, csv, &bad);
	if (!w)
		die("%s: not a list of words with weights",
		    sample_list_file[bad]);
	return w;
}

static void dealership(const struct options *o)
{
	struct buf list[SAMPLE_LISTS] = {0};
	struct sample_world *w = make_world(o, list);
	struct page page[FILES_MAX];
	size_t n = write_pages(w, page);

	sample_world_free(w);
	if (o->dry_run)
		list_pages(o->output, page, n);
	else
		save_pages(o->output, page, n);
	for (size_t i = 0; i < n; i++)
		buf_release(&page[i].text);
	for (int i = 0; i < SAMPLE_LISTS; i++)
		buf_release(&list[i]);
}

static enum sample_form form_of(const struct options *o)
{
	if (o->to == 1 ||
	    (o->to < 0 && text_ends(text_of(o->output), ".ndjson")))
		return SAMPLE_NDJSON;
	return o->quoted ? SAMPLE_QUOTED : SAMPLE_CSV;
}

static void transactions(const struct options *o)
{
	struct sample_stream_options so = {
		.seed = (uint64_t)o->seed,
		.rows = (uint64_t)o->transactions,
		.customers = (uint32_t)o->customers,
		.first = day_add_months(o->until + 1, (int)-o->months),
		.last = o->until,
		.wide = o->wide,
		.form = form_of(o),
	};
	struct sample_stream *s = sample_stream_new(&so);
	struct sink *sink = sink_open(o->output, SINK_PLAIN);
	struct buf rows = {0};

	sample_stream_header(s, &rows);
	while (sample_stream_next(s, &rows)) {
		if (rows.n < CHUNK)
			continue;
		sink_put(sink, rows.p, rows.n);
		buf_clear(&rows);
	}
	sink_put(sink, rows.p, rows.n);
	sink_close(sink);
	buf_release(&rows);
	sample_stream_free(s);
}

static void settle(struct options *o)
{
	if (!o->customers)
		o->customers = !o->transactions	      ? 1000
			       : o->transactions < 10 ? 1
						      : o->transactions / 10;
}

static void check(const struct options *o)
{
	if (!o->transactions && o->customers > WORLD_MAX)
		die_usage("--customers: a folder of exports has at most %d",
			  WORLD_MAX);
	if (o->transactions && o->customers > o->transactions)
		die_usage("more customers than transactions");
	if (o->transactions && o->dry_run)
		die_usage("--dry-run goes with a folder of exports");
	if (!o->transactions && !o->output)
		die_usage("no folder given: -o DIR");
	if (!o->transactions && (o->wide || o->quoted || o->to >= 0))
		die_usage("--wide, --quoted and --to go with --transactions");
	if (o->until - o->months * 31 < DAY_MIN + 4000)
		die_usage("--until: too early");
}

int main(int argc, char **argv)
{
	struct options o = {.seed = 1, .months = 36, .bad = 3000, .to = -1};
	const struct opt opts[] = {
		{OPT_INT, 0, "customers", "N",
		 "people and firms (1000; N/10 of --transactions)",
		 &o.customers, .min = 1, .max = 99999999},
		{OPT_INT, 0, "seed", "S", "another world for each (1)", &o.seed,
		 .min = 0, .max = INT64_MAX},
		{OPT_DAY, 0, "until", "DATE", "last day (2025-10-31)",
		 &o.until},
		{OPT_INT, 0, "months", "N", "how far back it goes (36)",
		 &o.months, .min = 1, .max = 240},
		{OPT_INT, 0, "bad", "N", "bad rows in a million (3000)", &o.bad,
		 .min = 0, .max = 500000},
		{OPT_TEXT, 'o', "output", "DIR|FILE", "where to", &o.output},
		{OPT_FLAG, 'n', "dry-run", NULL, "print what would be written",
		 &o.dry_run},
		{OPT_INT, 0, "transactions", "N",
		 "N canonical rows instead, to FILE", &o.transactions, .min = 1,
		 .max = 999999999},
		{OPT_CHOICE, 't', "to", "csv|ndjson",
		 "format of the transactions", &o.to},
		{OPT_FLAG, 0, "wide", NULL, "all columns of a transaction",
		 &o.wide},
		{OPT_FLAG, 0, "quoted", NULL, "quotes around every cell",
		 &o.quoted},
		{OPT_CALL, 'q', "quiet", NULL, "no warnings", set_quiet},
		{OPT_END},
	};
	const struct program program = {
		"crm-sample", "[OPTION...] -o DIR", about,
		"crm-sample --customers 1000 --seed 7 -o demo", opts};
	size_t operands;

	msg_init("crm-sample");
	o.until = day_of((struct civil){2025, 10, 31});
	opt_parse(&program, argc, argv, &operands);
	if (operands)
		die_usage("takes no FILE");
	settle(&o);
	check(&o);
	if (o.transactions)
		transactions(&o);
	else
		dealership(&o);
	return EXIT_DONE;
}
