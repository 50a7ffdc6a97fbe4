/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Framing: the vector code, its plain twin, every size of the reads and a
 * second thread give the same records, lines and faults; and they are those
 * of a state machine written down here once more, byte by byte.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/feed.h"

/* ---- what is expected ---- */

/* One line of text for each record: line, fault, the fields in brackets. */
static void tell(struct buf *to, uint64_t line, enum reason fault)
{
	buf_addf(to, "%llu %s ", (unsigned long long)line, reason_code(fault));
}

static void tell_field(struct buf *to, const char *p, size_t n)
{
	buf_addc(to, '[');
	buf_add(to, p, n);
	buf_addc(to, ']');
}

/*
 * The rules once more: a quote opens a field only as its first byte; LF, CRLF
 * and CR end a line; a blank line is none; after a closing quote only a
 * delimiter or a line end may stand.
 */
struct oracle {
	const char *p;
	size_t n, at;
	uint64_t line;
	enum reason fault;
};

static bool oracle_line_end(struct oracle *o)
{
	if (o->p[o->at] != '\n' && o->p[o->at] != '\r')
		return false;
	if (o->p[o->at] == '\r' && o->at + 1 < o->n && o->p[o->at + 1] == '\n')
		o->at++;
	o->at++;
	o->line++;
	return true;
}

static void oracle_quoted(struct oracle *o)
{
	o->at++;
	for (;;) {
		if (o->at == o->n) {
			o->fault = REASON_BAD_QUOTE;
			return;
		}
		if (o->p[o->at] != '"') {
			if (!oracle_line_end(o))
				o->at++;
			continue;
		}
		o->at++;
		if (o->at == o->n || o->p[o->at] != '"')
			break;
		o->at++;
	}
	if (o->at < o->n && !strchr(",\n\r", o->p[o->at]))
		o->fault = REASON_BAD_QUOTE;
	if (o->at < o->n && !o->p[o->at])
		o->fault = REASON_BAD_QUOTE;
}

static void oracle_record(struct oracle *o, struct buf *to)
{
	size_t first = o->at, from = o->at;
	uint64_t line = o->line;
	struct buf fields = { 0 };

	o->fault = REASON_NONE;
	for (;;) {
		if (o->at < o->n && o->p[o->at] == '"')
			oracle_quoted(o);
		while (o->at < o->n && o->p[o->at] != ',' &&
		       o->p[o->at] != '\n' && o->p[o->at] != '\r')
			o->at++;
		tell_field(&fields, o->p + from, o->at - from);
		if (o->at == o->n || o->p[o->at] != ',')
			break;
		from = ++o->at;
	}
	if (o->at > first) {
		tell(to, line, o->fault);
		buf_addt(to, buf_text(&fields));
		buf_addc(to, '\n');
	}
	if (o->at < o->n)
		oracle_line_end(o);
	buf_release(&fields);
}

static struct buf expected(const char *p, size_t n)
{
	struct oracle o = { .p = p, .n = n, .line = 1 };
	struct buf all = { 0 };

	buf_add(&all, "", 0);
	while (o.at < n)
		oracle_record(&o, &all);
	return all;
}

/* ---- what the code gives ---- */

static void tell_records(struct buf *to, const struct frames *f,
			 const char *bytes, uint64_t first_line)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct framed *r = &f->rec[i];
		uint32_t from = r->start;

		tell(to, first_line + r->line, (enum reason)r->fault);
		for (uint32_t k = 0; k < r->fields; k++) {
			uint32_t end = f->sep[r->sep + k];

			tell_field(to, bytes + from, end - from);
			from = end + 1;
		}
		/* An assertion that holds is slow, too. */
		if (r->fields && f->sep[r->sep + r->fields - 1] != r->stop)
			ck_abort_msg("the last field does not end the record");
		buf_addc(to, '\n');
	}
}

static struct buf framed_whole(const char *p, size_t n, bool vectors)
{
	struct frames f = { 0 };
	struct buf all = { 0 };
	char *exact = mem_alloc(n, 1);	/* so that a read beyond is seen */

	memcpy(exact, p, n);
	buf_add(&all, "", 0);
	frame_use_vectors(vectors);
	ck_assert_uint_eq(frame_csv(&f, exact, n, ',', true), n);
	tell_records(&all, &f, exact, 1);
	frame_use_vectors(true);
	frames_release(&f);
	free(exact);
	return all;
}

/* A file with these bytes that needs no name. */
static int file_of(const char *p, size_t n)
{
	int fd = memfd_create("test_frame", 0);

	ck_assert_int_ge(fd, 0);
	while (n) {
		ssize_t put = write(fd, p, n);

		ck_assert_int_gt(put, 0);
		p += put;
		n -= (size_t)put;
	}
	return fd;
}

static struct feed *feed_of(int fd, enum feed_format format, size_t chunk,
			    bool threaded)
{
	struct buf path = { 0 };
	struct source *s;

	buf_addf(&path, "/proc/self/fd/%d", fd);
	s = source_open(path.p);
	ck_assert_ptr_nonnull(s);
	buf_release(&path);
	feed_set_chunk(chunk);
	return feed_open(s, format, ',', threaded);
}

static struct buf fed(int fd, enum feed_format format, size_t chunk,
		      bool threaded)
{
	struct feed *f = feed_of(fd, format, chunk, threaded);
	const struct block *b;
	struct buf all = { 0 };
	enum reason fault = REASON_NONE;

	buf_add(&all, "", 0);
	while ((b = feed_next(f))) {
		ck_assert_int_eq(b->error, 0);
		tell_records(&all, &b->frames, b->bytes, b->first_line);
		fault = b->fault;
	}
	if (fault)
		buf_addf(&all, "end %s\n", reason_code(fault));
	feed_close(f);
	feed_set_chunk(0);
	return all;
}

static void same(struct buf got, const struct buf *want, const char *who,
		 const char *p, size_t n)
{
	if (!text_eq(buf_text(&got), buf_text(want))) {
		struct buf input = { 0 };

		for (size_t i = 0; i < n && i < 400; i++)
			buf_addf(&input, "\\x%02x", (unsigned char)p[i]);
		ck_abort_msg("%s: %s\n gives\n%s\n not\n%s", who, input.p,
			     got.p, want->p);
	}
	buf_release(&got);
}

static void all_agree(const char *p, size_t n, size_t chunk, bool threaded)
{
	struct buf want = expected(p, n);
	int fd = file_of(p, n);

	same(framed_whole(p, n, false), &want, "plain", p, n);
	same(framed_whole(p, n, true), &want, "vectors", p, n);
	same(fed(fd, FEED_CSV, chunk, false), &want, "feed", p, n);
	if (threaded)
		same(fed(fd, FEED_CSV, chunk, true), &want, "threaded", p, n);
	close(fd);
	buf_release(&want);
}

/* ---- inputs ---- */

static const struct text nasties[] = {
	{ "", 0 },
	TEXT("a"),
	TEXT("a\n"),
	TEXT("\n"),
	TEXT("\r"),
	TEXT("\r\n"),
	TEXT("\n\n\na\n\n"),
	TEXT("a\r\n\r\nb\r\n"),
	TEXT("a\rb\rc"),
	TEXT("a\r\rb\n\rc\r"),
	TEXT("a,b\r\nc,d\ne,f\rg,h"),
	TEXT(","),
	TEXT(",,,\n,\n"),
	TEXT("a,\nb,\n"),
	TEXT("\"\""),
	TEXT("\""),
	TEXT("\"\"\""),
	TEXT("\"\"\"\"\n"),
	TEXT("\"a\",\"b\"\n\"c\",\"d\"\n"),
	TEXT("\"a\"\"b\",c\n"),
	TEXT("\"a\nb\r\nc\rd\",e\nf,g\n"),
	TEXT("\"x\"y,z\na,b\n"),
	TEXT("\"x\"y\"z,\"\n\"\na,b\n"),
	TEXT("\"x\" ,z\n"),
	TEXT(" \"x\",z\n"),
	TEXT("ab\"cd,ef\"\ng\"\n"),
	TEXT("a,b\n\"open,c\nd,e\n"),
	TEXT("a\n\"b\n\nc\"\nd\n"),
	TEXT("\"a\"\0,b\n"),
	TEXT("a\0b,c\n"),
	TEXT("\0"),
	TEXT("\"a\r\""),
	TEXT("\"a\"\r\"b\"\r\n"),
	TEXT("\"a\"\r"),
	TEXT("\xc3\xa9,\xe5\xbc\xa0\n"),
	TEXT("a,\"b\"\n"),
	TEXT("\"\",\"\"\n\"\"\n"),
};

START_TEST(every_chunk_size_gives_the_same_records)
{
	struct text t = nasties[_i];

	for (size_t chunk = 1; chunk <= t.n + 1; chunk++)
		all_agree(t.p, t.n, chunk, true);
}
END_TEST

/* Behind a stretch long enough for the vector code, at each of its places. */
START_TEST(every_place_in_a_group_gives_the_same_records)
{
	struct text t = nasties[_i];
	char room[400];

	for (size_t before = 0; before < 130; before++) {
		size_t n = before;

		memset(room, 'x', sizeof(room));
		for (size_t i = 9; i < before; i += 10)
			room[i] = i % 30 == 29 ? '\n' : ',';
		memcpy(room + n, t.p, t.n);
		n += t.n;
		room[n++] = '\n';
		all_agree(room, n + 128, 0, before % 13 == 0);
	}
}
END_TEST

static uint64_t seed;

static uint64_t draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed >> 11) % below;
}

static void add_random(struct buf *b, size_t plain)
{
	static const struct text odd[] = {
		TEXT(","), TEXT("\""), TEXT("\n"), TEXT("\r"),
		TEXT("\0"), TEXT("\xc3\xa9"), TEXT(";"), TEXT("\r\n"),
	};

	if (draw(plain + 1) < plain)
		buf_addc(b, 'a');
	else
		buf_addt(b, odd[draw(NELEMS(odd))]);
}

START_TEST(random_bytes_give_the_same_records)
{
	static const size_t chunks[] = { 1, 2, 3, 7, 64, 0 };

	seed = 88172645463325252u + (uint64_t)_i;
	for (size_t round = 0; round < 600; round++) {
		struct buf b = { 0 };
		size_t plain = (size_t)_i * 4;
		size_t n = plain ? 200 + draw(40) : draw(40);

		buf_add(&b, "", 0);
		while (b.n < n)
			add_random(&b, plain);
		all_agree(b.p, b.n, chunks[round % NELEMS(chunks)],
			  round % 5 == 0);
		buf_release(&b);
	}
}
END_TEST

/* Rows with quotes round all or some fields, nearly all of them plain: what
 * is not stands anywhere in a group, and so do the ends of the rows. */
static void add_quoted_row(struct buf *b)
{
	static const struct text inside[] = {
		TEXT(","), TEXT("\n"), TEXT("\r\n"), TEXT("\r"),
		TEXT("\"\""), TEXT("\xe5\xbc\xa0"),
	};
	static const char *const ends[] = { "\n", "\r\n", "\r", "" };
	size_t fields = 1 + draw(8);

	for (size_t i = 0; i < fields; i++) {
		const char *quote = draw(5) ? "\"" : "";

		buf_adds(b, i ? "," : "");
		buf_adds(b, draw(300) ? quote : " ");
		for (size_t n = draw(12); n > 0; n--)
			buf_addc(b, 'a');
		if (*quote && draw(20) == 0)
			buf_addt(b, inside[draw(NELEMS(inside))]);
		buf_adds(b, draw(300) ? quote : "\"");
	}
	buf_adds(b, ends[draw(50) ? draw(2) : draw(NELEMS(ends))]);
}

START_TEST(rows_with_quotes_give_the_same_records)
{
	seed = 2862933555777941757u + (uint64_t)_i;
	for (size_t round = 0; round < 1000; round++) {
		struct buf b = { 0 };
		size_t n = 100 + draw(900);

		buf_add(&b, "", 0);
		while (b.n < n)
			add_quoted_row(&b);
		all_agree(b.p, b.n, round % 7 ? 0 : 1 + draw(200),
			  round % 50 == 0);
		buf_release(&b);
	}
}
END_TEST

/* The room for separators grows by 64 and doubles: no place beside its edge
 * may write beyond (seen by the address sanitizer). */
START_TEST(separators_never_outgrow_their_room)
{
	for (size_t first = 0; first < 200; first++) {
		struct buf b = { 0 };
		struct frames f = { 0 };

		buf_adds(&b, "\"q\"");
		for (size_t i = 0; i < first; i++)
			buf_addc(&b, ',');
		buf_addc(&b, '\n');
		for (size_t i = 0; i < 64 * 8; i++) {
			buf_addc(&b, ',');
			frames_clear(&f);
			frames_release(&f);
			if (frame_csv(&f, b.p, b.n, ',', true) != b.n ||
			    f.n != 2 || f.rec[1].fields != i + 2)
				ck_abort_msg("%zu fields, then %zu", first, i);
		}
		frames_release(&f);
		buf_release(&b);
	}
}
END_TEST

/* ---- limits ---- */

static void fill(struct buf *b, char c, size_t n)
{
	memset(buf_room(b, n), c, n);
	b->n += n;
}

/* However the bytes arrive. */
static void gives(const struct buf *b, enum feed_format format,
		  const char *want)
{
	static const size_t chunks[] = { 0, 65536, 1000003 };
	int fd = file_of(b->p, b->n);

	for (size_t i = 0; i < NELEMS(chunks); i++) {
		struct buf got = fed(fd, format, chunks[i], i == 1);

		if (strcmp(got.p, want) != 0)
			ck_abort_msg("chunk %zu gives %.2000s\nnot %.2000s",
				     chunks[i], got.p, want);
		buf_release(&got);
	}
	close(fd);
}

/* Rows of exactly the limit, of one byte more, and far more. */
START_TEST(a_row_over_16_MiB_is_set_aside_alone)
{
	static const size_t more[] = { 1, 2, 600000,
				       2 * ROW_LIMIT + 17 };
	static const char *const ends[] = { "\n", "\r\n", "\r" };

	for (size_t i = 0; i < NELEMS(more); i++) {
		struct buf b = { 0 };

		buf_adds(&b, "a,b\n");
		fill(&b, 'x', ROW_LIMIT + more[i]);
		buf_adds(&b, ends[i % NELEMS(ends)]);
		buf_adds(&b, "\nc,d\n");
		gives(&b, FEED_CSV, i % NELEMS(ends) == 2 ?
			      "1 none [a][b]\n2 too-long \n3 none [c][d]\n" :
			      "1 none [a][b]\n2 too-long \n4 none [c][d]\n");
		buf_release(&b);
	}
}
END_TEST

START_TEST(a_row_of_16_MiB_is_read)
{
	static const char *const ends[] = { "\n", "\r\n", "\r", "" };

	for (size_t i = 0; i < NELEMS(ends); i++) {
		struct buf b = { 0 }, want = { 0 };
		size_t x = ROW_LIMIT - (i % 2 ? 4 : 2);

		/* with quotes and without */
		buf_adds(&b, i % 2 ? "\"" : "");
		fill(&b, 'x', x);
		buf_adds(&b, i % 2 ? "\",y" : ",y");
		buf_adds(&want, i % 2 ? "1 none [\"" : "1 none [");
		fill(&want, 'x', x);
		buf_adds(&want, i % 2 ? "\"][y]\n" : "][y]\n");
		ck_assert_uint_eq(b.n, ROW_LIMIT);
		buf_adds(&b, ends[i]);
		gives(&b, FEED_CSV, want.p);
		buf_release(&b);
		buf_release(&want);
	}
}
END_TEST

START_TEST(a_row_over_16_MiB_at_the_end_is_set_aside)
{
	struct buf b = { 0 };

	buf_adds(&b, "a\n");
	fill(&b, 'x', ROW_LIMIT + 70000);
	gives(&b, FEED_CSV, "1 none [a]\n2 too-long \n");
	gives(&b, FEED_LINES, "1 none [a]\n2 too-long \n");
	buf_release(&b);
}
END_TEST

/* 4 KiB lines, more than `bytes` of them, and what is expected of them. */
static void add_rows(struct buf *b, struct buf *want, size_t bytes,
		     uint64_t line)
{
	for (size_t n = 0; n < bytes; n += 4096) {
		fill(b, 'x', 4093);
		buf_adds(b, ",y\n");
		buf_addf(want, "%llu none [", (unsigned long long)line++);
		fill(want, 'x', 4093);
		buf_adds(want, "][y]\n");
	}
}

START_TEST(a_quote_that_swallows_16_MiB_costs_one_line)
{
	struct buf b = { 0 }, want = { 0 };

	buf_adds(&b, "a,b\nc,\"open\n");
	buf_adds(&want, "1 none [a][b]\n2 bad-quote [c,\"open]\n");
	add_rows(&b, &want, ROW_LIMIT + 10, 3);
	gives(&b, FEED_CSV, want.p);
	buf_release(&b);
	buf_release(&want);
}
END_TEST

/* Not even when the quote is closed at last: it makes no difference how much
 * of the file was read ahead. */
START_TEST(a_quoted_field_over_16_MiB_costs_its_first_line)
{
	struct buf b = { 0 }, want = { 0 };

	buf_adds(&b, "\"open\n");
	buf_adds(&want, "1 bad-quote [\"open]\n");
	add_rows(&b, &want, ROW_LIMIT, 2);
	buf_adds(&b, "closed\"\nx\n");
	buf_addf(&want, "%u none [closed\"]\n%u none [x]\n",
		 2 + ROW_LIMIT / 4096, 3 + ROW_LIMIT / 4096);
	gives(&b, FEED_CSV, want.p);
	buf_release(&b);
	buf_release(&want);
}
END_TEST

/* Every line leaves a quote open, whatever came before it: each would have to
 * be followed to the limit, were it not for by_line. Or the first one alone
 * does, before lines that are short, or full of delimiters. However that may
 * be, what is noted of a block takes less than the longest record. */
static const struct {
	const char *first, *line;
	size_t lines;
	bool bad;
} open_quotes[] = {
	{ "a\"b,\"\n", "a\"b,\"\n", 5000000, true },
	{ "\"\n", "a\n", 9000000, false },
	{ "\"\n", ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n", 600000, false },
};

START_TEST(quotes_left_open_take_linear_time_and_little_room)
{
	struct buf b = { 0 };
	struct feed *f;
	const struct block *block;
	size_t lines = open_quotes[_i].lines, records = 0, bad = 0, room = 0;
	int fd;

	buf_adds(&b, open_quotes[_i].first);
	for (size_t i = 1; i < lines; i++)
		buf_adds(&b, open_quotes[_i].line);
	fd = file_of(b.p, b.n);
	f = feed_of(fd, FEED_CSV, 0, false);
	while ((block = feed_next(f))) {
		const struct frames *r = &block->frames;
		size_t noted = r->cap * sizeof(*r->rec) +
			       r->sepcap * sizeof(*r->sep);

		room = noted > room ? noted : room;
		records += r->n;
		for (size_t i = 0; i < r->n; i++)
			bad += r->rec[i].fault == REASON_BAD_QUOTE;
	}
	feed_close(f);
	close(fd);
	buf_release(&b);
	ck_assert_uint_eq(records, lines);
	ck_assert_uint_eq(bad, open_quotes[_i].bad ? lines : 1);
	ck_assert_uint_lt(room, ROW_LIMIT);
}
END_TEST

START_TEST(more_than_a_million_fields_are_set_aside)
{
	for (size_t quoted = 0; quoted < 2; quoted++) {
		struct buf b = { 0 };

		buf_adds(&b, quoted ? "\"a\"" : "a");
		fill(&b, ',', FIELD_LIMIT);
		buf_adds(&b, "\nb\n");
		gives(&b, FEED_CSV, "1 too-long \n2 none [b]\n");
		buf_release(&b);
	}
}
END_TEST

START_TEST(a_million_fields_are_read)
{
	struct buf b = { 0 };
	struct frames f = { 0 };

	fill(&b, ',', FIELD_LIMIT - 1);
	ck_assert_uint_eq(frame_csv(&f, b.p, b.n, ',', true), b.n);
	ck_assert_uint_eq(f.rec[0].fields, FIELD_LIMIT);
	ck_assert_uint_eq(f.rec[0].fault, REASON_NONE);
	frames_release(&f);
	buf_release(&b);
}
END_TEST

/* ---- lines and arrays ---- */

static void text_gives(const char *text, enum feed_format format,
		       const char *want)
{
	size_t n = strlen(text);
	int fd = file_of(text, n);

	for (size_t chunk = 1; chunk <= n + 1; chunk++) {
		struct buf got = fed(fd, format, chunk, chunk % 5 == 0);

		if (strcmp(got.p, want) != 0)
			ck_abort_msg("%s in steps of %zu gives\n%s\nnot\n%s",
				     text, chunk, got.p, want);
		buf_release(&got);
	}
	close(fd);
}

START_TEST(lines_are_records_and_blank_ones_are_none)
{
	text_gives("{1}\n\r\n \t\r\n{2}\r\n\n{3}", FEED_LINES,
		   "1 none [{1}]\n4 none [{2}]\n6 none [{3}]\n");
	text_gives("", FEED_LINES, "");
}
END_TEST

/* By the rules once more, a line at a time. */
static struct buf expected_lines(const char *p, size_t n)
{
	struct buf all = { 0 };
	uint64_t line = 1;

	buf_add(&all, "", 0);
	for (size_t at = 0; at < n; line++) {
		size_t end = at, stop;

		while (end < n && p[end] != '\n')
			end++;
		stop = end - (end > at && p[end - 1] == '\r');
		if (text_trim((struct text){ p + at, stop - at }).n) {
			tell(&all, line, REASON_NONE);
			tell_field(&all, p + at, stop - at);
			buf_addc(&all, '\n');
		}
		at = end + 1;
	}
	return all;
}

START_TEST(lines_of_any_length_are_records)
{
	static const char *const ends[] = { "\n", "\r\n", "\r\r\n", " \n",
					    "\t\r\n", "x\n", "" };

	seed = 3202034522624059733u + (uint64_t)_i;
	for (size_t round = 0; round < 300; round++) {
		struct buf b = { 0 }, want;
		int fd;

		buf_add(&b, "", 0);
		for (size_t lines = draw(60); lines > 0; lines--) {
			for (size_t n = draw(3) ? draw(90) : draw(2); n; n--)
				buf_addc(&b, draw(40) ? 'a' : ' ');
			buf_adds(&b, ends[draw(NELEMS(ends))]);
		}
		want = expected_lines(b.p, b.n);
		fd = file_of(b.p, b.n);
		same(fed(fd, FEED_LINES, 0, false), &want, "lines", b.p, b.n);
		same(fed(fd, FEED_LINES, 1 + draw(300), false), &want,
		     "lines in steps", b.p, b.n);
		close(fd);
		buf_release(&b);
		buf_release(&want);
	}
}
END_TEST

START_TEST(a_line_over_16_MiB_is_set_aside_alone)
{
	static const size_t more[] = { 1, 2, 600000, ROW_LIMIT };

	for (size_t i = 0; i < NELEMS(more); i++) {
		struct buf b = { 0 };

		buf_adds(&b, "{1}\n");
		fill(&b, 'x', ROW_LIMIT + more[i]);
		buf_adds(&b, i % 2 ? "\n{2}" : "\r\n{2}");
		gives(&b, FEED_LINES,
		      "1 none [{1}]\n2 too-long \n3 none [{2}]\n");
		buf_release(&b);
	}
}
END_TEST

static const struct {
	const char *text, *want;
} arrays[] = {
	{ "", "end bad-json\n" },
	{ "[]", "" },
	{ " [ ] \n", "" },
	{ "[{\"a\":1}]", "1 none [{\"a\":1}]\n" },
	{ "[\n {\"a\":\n1},\n\n {\"b\":2}\n]\n",
	  "2 none [{\"a\":\n1}]\n5 none [{\"b\":2}]\n" },
	{ "[1,\"a,]\",[2,{\"x\":\"}\"}],null]",
	  "1 none [1]\n1 none [\"a,]\"]\n1 none [[2,{\"x\":\"}\"}]]\n"
	  "1 none [null]\n" },
	{ "[\"\\\"\",\"\\\\\",\"\\\\\\\"\"]",
	  "1 none [\"\\\"\"]\n1 none [\"\\\\\"]\n1 none [\"\\\\\\\"\"]\n" },
	/* cut short: what is whole stands */
	{ "[", "end bad-json\n" },
	{ "[{\"a\":1}", "1 none [{\"a\":1}]\nend bad-json\n" },
	{ "[{\"a\":1},", "1 none [{\"a\":1}]\nend bad-json\n" },
	{ "[{\"a\":1},{\"b\":", "1 none [{\"a\":1}]\n1 bad-json [{\"b\":]\n" },
	{ "[{\"a\":1},{\"b\":\"]}", "1 none [{\"a\":1}]\n"
				   "1 bad-json [{\"b\":\"]}]\n" },
	{ "[1,2", "1 none [1]\n1 bad-json [2]\n" },
	/* text after the array, and none before it */
	{ "[1]\n{2}\n\n3\n", "1 none [1]\n2 bad-json [{2}]\n4 bad-json [3]\n" },
	{ "[1] x y", "1 none [1]\n1 bad-json [x y]\n" },
	{ "[1]]", "1 none [1]\n1 bad-json []]\n" },
	{ "{1}\n2", "1 bad-json [{1}]\n2 bad-json [2]\n" },
	/* no commas, too many */
	{ "[1 2]\n3", "1 none [1]\n1 bad-json [2]]\n2 bad-json [3]\n" },
	{ "[1,]", "1 none [1]\n1 bad-json []]\n" },
	{ "[,1]", "1 bad-json [,1]]\n" },
	{ "[1,,2]\n", "1 none [1]\n1 bad-json [,2]]\n" },
};

START_TEST(an_array_is_taken_apart)
{
	text_gives(arrays[_i].text, FEED_ARRAY, arrays[_i].want);
}
END_TEST

/* Strings, escapes and brackets in it are followed to its end. */
START_TEST(an_element_over_16_MiB_is_set_aside_alone)
{
	static const struct {
		const char *open, *part, *close;
		bool nested;	/* closed as often as opened */
	} long_ones[] = {
		{ "[\"", "\\\\\\\"]", "\"]", false },
		{ "{\"a\":\"", "\\\\", "\"}", false },
		{ "[0,", "\"]\",", "0]", false },
		{ "", "[[[[", "]]]]", true },
		{ "1", "0", "", false },
	};

	for (size_t i = 0; i < NELEMS(long_ones); i++) {
		struct buf b = { 0 };
		const char *part = long_ones[i].part;
		size_t times = (ROW_LIMIT + 5000) / strlen(part);

		buf_adds(&b, "[{\"a\":1},\n");
		buf_adds(&b, long_ones[i].open);
		for (size_t n = 0; n < times; n++)
			buf_adds(&b, part);
		for (size_t n = long_ones[i].nested ? 0 : times - 1; n < times;
		     n++)
			buf_adds(&b, long_ones[i].close);
		buf_adds(&b, ",\n2]");
		gives(&b, FEED_ARRAY,
		      "1 none [{\"a\":1}]\n2 too-long \n3 none [2]\n");
		buf_release(&b);
	}
}
END_TEST

START_TEST(text_after_an_array_over_16_MiB_is_set_aside)
{
	struct buf b = { 0 };

	buf_adds(&b, "[1]\n");
	fill(&b, 'x', ROW_LIMIT + 100);
	buf_adds(&b, "\ny\n");
	gives(&b, FEED_ARRAY, "1 none [1]\n2 too-long \n3 bad-json [y]\n");
	buf_release(&b);
}
END_TEST

START_TEST(a_failed_read_is_no_end_of_a_row)
{
	struct feed *f;
	const struct block *b;
	struct source *s;

	/* /proc/self/mem has nothing at offset 0: the read fails with EIO. */
	s = source_open("/proc/self/mem");
	ck_assert_ptr_nonnull(s);
	f = feed_open(s, FEED_CSV, ',', false);
	b = feed_next(f);
	ck_assert_ptr_nonnull(b);
	ck_assert_int_ne(b->error, 0);
	ck_assert_uint_eq(b->frames.n, 0);
	ck_assert(b->end);
	feed_close(f);
}
END_TEST

/* A source that is made, from a text. */
struct made {
	struct text left;
	bool closed;
};

static ssize_t made_read(void *ctx, struct source *s, char *to, size_t n)
{
	struct made *m = ctx;

	(void)s;
	n = n < m->left.n ? n : m->left.n;
	if (n)
		memcpy(to, m->left.p, n);
	m->left.p += n;
	m->left.n -= n;
	return (ssize_t)n;
}

static void made_close(void *ctx)
{
	struct made *m = ctx;

	m->closed = true;
}

/* Rows 1, 2 (two breaks in its cells), 4, 6. */
START_TEST(rows_of_a_sheet_are_counted_by_record)
{
	static const char sheet[] = "a,b\n\"x\ny\",\"z\r\n\"\n\nc,d\n\n"
				    "\"e\n\",f\n";
	static const char want[] =
		"1 none [a][b]\n2 none [\"x\ny\"][\"z\r\n\"]\n"
		"4 none [c][d]\n6 none [\"e\n\"][f]\n";

	static const struct source_maker maker = { made_read, made_close,
						   NULL };

	for (size_t chunk = 1; chunk < sizeof(sheet); chunk++) {
		struct made m = { .left = TEXT(sheet) };
		struct source *s = source_made(&maker, &m);
		struct buf all = { 0 };
		const struct block *b;
		struct feed *f;

		feed_set_chunk(chunk);
		f = feed_open(s, FEED_CSV, ',', chunk % 2);
		while ((b = feed_next(f)))
			tell_records(&all, &b->frames, b->bytes,
				     b->first_line);
		feed_close(f);
		ck_assert(m.closed);
		ck_assert_str_eq(all.p, want);
		buf_release(&all);
	}
	feed_set_chunk(0);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("frame");
	TCase *t = tcase_create("frame");
	SRunner *r;
	int failed;

	tcase_set_timeout(t, 300);
	tcase_add_loop_test(t, every_chunk_size_gives_the_same_records, 0,
			    NELEMS(nasties));
	tcase_add_loop_test(t, every_place_in_a_group_gives_the_same_records, 0,
			    NELEMS(nasties));
	tcase_add_loop_test(t, random_bytes_give_the_same_records, 0, 12);
	tcase_add_loop_test(t, rows_with_quotes_give_the_same_records, 0, 5);
	tcase_add_test(t, separators_never_outgrow_their_room);
	tcase_add_test(t, a_row_over_16_MiB_is_set_aside_alone);
	tcase_add_test(t, a_row_of_16_MiB_is_read);
	tcase_add_test(t, a_row_over_16_MiB_at_the_end_is_set_aside);
	tcase_add_test(t, a_quote_that_swallows_16_MiB_costs_one_line);
	tcase_add_test(t, a_quoted_field_over_16_MiB_costs_its_first_line);
	tcase_add_loop_test(t,
			    quotes_left_open_take_linear_time_and_little_room,
			    0, NELEMS(open_quotes));
	tcase_add_test(t, more_than_a_million_fields_are_set_aside);
	tcase_add_test(t, a_million_fields_are_read);
	tcase_add_test(t, lines_are_records_and_blank_ones_are_none);
	tcase_add_loop_test(t, lines_of_any_length_are_records, 0, 3);
	tcase_add_test(t, a_line_over_16_MiB_is_set_aside_alone);
	tcase_add_loop_test(t, an_array_is_taken_apart, 0, NELEMS(arrays));
	tcase_add_test(t, an_element_over_16_MiB_is_set_aside_alone);
	tcase_add_test(t, text_after_an_array_over_16_MiB_is_set_aside);
	tcase_add_test(t, a_failed_read_is_no_end_of_a_row);
	tcase_add_test(t, rows_of_a_sheet_are_counted_by_record);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed != 0;
}
