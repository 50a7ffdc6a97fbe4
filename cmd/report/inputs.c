/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of the streams: found, hashed, read and counted. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"

#include "cmd/report/build.h"

/* ---- finding ---- */

static bool exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

/* The one file of a stream that none was given for. */
static void set_file(struct build *b, struct stream *s, const char *path)
{
	s->files.item = arena_alloc(&b->report->arena, sizeof(*s->files.item));
	s->files.item[0] = path;
	s->files.n = 1;
}

static void find_stream(struct build *b, struct stream *s, const char *dir)
{
	static const char *const suffixes[] = { "csv", "ndjson" };

	for (size_t i = 0; i < NELEMS(suffixes); i++) {
		const char *path = report_fmt(b->report, "%s/%s.%s", dir,
					      s->name, suffixes[i]);
		if (!exists(path))
			continue;
		if (s->files.n)
			die("%s: there is %s as well: which of the two?", path,
			    s->files.item[0]);
		set_file(b, s, path);
	}
}

void inputs_find(struct build *b, const char *dir)
{
	if (!exists(dir))
		die_errno("%s", dir);
	for (size_t i = 0; i < STREAMS; i++)
		if (!b->stream[i].files.n)
			find_stream(b, &b->stream[i], dir);
}

bool inputs_have(const struct build *b, enum stream_number s)
{
	return b->stream[s].files.n > 0;
}

/* ---- one file after the other ---- */

struct reader {
	struct build *build;
	struct stream *stream;
	const struct schema *schema;
	const struct input_column *columns;
	size_t n;
	int day;
	bool *seen;
	size_t file;
	char *path[2];		/* of the file, for as long as it is read */
	struct input *input;
	struct common common;	/* the file's own: no period, own rejects */
	struct stat before;	/* of the file, when it was hashed */
	struct report_source source;
};

/* Two files of one stream, or two streams, cannot share a file of rejects:
 * bad.csv becomes bad-transactions.csv, bad-transactions-2.csv and so on. */
static const char *rejects_path(const struct reader *r)
{
	const char *all = r->build->common.rejects;
	const char *slash = all ? strrchr(all, '/') : NULL;
	const char *dot = all ? strrchr(all, '.') : NULL;

	if (!all)
		return NULL;
	if (!dot || (slash && dot < slash))
		dot = all + strlen(all);
	if (r->file == 0)
		return report_fmt(r->build->report, "%.*s-%s%s",
				  (int)(dot - all), all, r->stream->name, dot);
	return report_fmt(r->build->report, "%.*s-%s-%zu%s", (int)(dot - all),
			  all, r->stream->name, r->file + 1, dot);
}

static void hash_bytes(int fd, const char *path, char hex[65])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	size_t room = 1 << 18;
	unsigned char *bytes = mem_alloc(room, 1);
	ssize_t n;

	crypto_hash_sha256_init(&state);
	while ((n = read(fd, bytes, room)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die_errno("%s", path);
		crypto_hash_sha256_update(&state, bytes,
					  (unsigned long long)n);
	}
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(hex, 65, hash, sizeof(hash));
	free(bytes);
}

/* The hash must be that of the bytes that are read afterwards, so that a pipe
 * will not do, nor a file that changes meanwhile. */
static void hash_file(struct reader *r, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &r->before) < 0)
		die_errno("%s", path);
	if (!S_ISREG(r->before.st_mode))
		die("%s: not a regular file: an input is read twice, for its "
		    "SHA-256 and for its rows", path);
	hash_bytes(fd, path, r->source.sha256);
	close(fd);
}

static void check_unchanged(const struct reader *r, const char *path)
{
	struct stat now;

	if (stat(path, &now) < 0)
		die_errno("%s", path);
	if (now.st_ino != r->before.st_ino ||
	    now.st_size != r->before.st_size ||
	    now.st_mtim.tv_sec != r->before.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != r->before.st_mtim.tv_nsec)
		die("%s: changed while it was read", path);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void open_file(struct reader *r)
{
	const char *path = r->stream->files.item[r->file];

	r->source = (struct report_source){
		.stream = r->stream->name,
		.label = tr(r->stream->label),
		.file = base_name(path),
		.first_day = DAY_NONE,
		.last_day = DAY_NONE,
	};
	hash_file(r, path);
	r->common.rejects = rejects_path(r);
	r->path[0] = mem_strdup(path);
	r->input = input_open(&r->common, r->schema, r->columns, r->n,
			      r->path, 1);
}

static void add_counts(struct input_counts *sum, struct input_counts c)
{
	sum->in += c.in;
	sum->used += c.used;
	sum->filtered += c.filtered;
	sum->not_data += c.not_data;
	sum->merged += c.merged;
	sum->rejected += c.rejected;
}

static void close_file(struct reader *r)
{
	struct input_counts c = input_counts(r->input);
	struct stream *s = r->stream;

	for (size_t i = 0; i < r->n; i++)
		r->seen[i] |= input_has(r->input, (int)i);
	input_close(r->input, 0);
	r->input = NULL;
	free(r->path[0]);
	check_unchanged(r, s->files.item[r->file]);
	add_counts(&r->build->counts, c);
	r->source.rows = c.in;
	r->source.rejected = c.rejected;
	s->rejected += c.rejected;
	size_t number = report_source(r->build->report, &r->source);
	if (s->nsources++ == 0)
		s->source = number;
}

struct reader *reader_open(struct build *b, enum stream_number stream,
			   const struct input_column *columns, size_t n,
			   int day)
{
	struct reader *r = mem_zalloc(1, sizeof(*r));

	r->build = b;
	r->stream = &b->stream[stream];
	r->schema = schema_find(text_of(r->stream->name));
	r->columns = columns;
	r->n = n;
	r->day = day;
	r->seen = mem_zalloc(n, sizeof(*r->seen));
	r->common = b->common;
	/* what the report is about is for the sections to say */
	r->common.period = NULL;
	r->common.since = r->common.until = r->common.as_of = DAY_NONE;
	r->common.summary = false;
	open_file(r);
	return r;
}

static void note_day(struct reader *r, const struct row *row)
{
	const struct cell *c = &row->cell[r->day];
	int32_t day;

	/* an instant's text begins with its own civil day */
	if (!c->known || !day_parse(c->text, &day))
		return;
	if (r->source.first_day == DAY_NONE || day < r->source.first_day)
		r->source.first_day = day;
	if (day > r->source.last_day)
		r->source.last_day = day;
}

bool reader_next(struct reader *r, struct row *row)
{
	while (!input_next(r->input, row)) {
		close_file(r);
		if (++r->file == r->stream->files.n)
			return false;
		open_file(r);
	}
	if (r->day >= 0)
		note_day(r, row);
	return true;
}

struct input *reader_input(struct reader *r)
{
	return r->input;
}

bool reader_has(const struct reader *r, int column)
{
	return r->seen[column];
}

void reader_close(struct reader *r)
{
	free(r->seen);
	free(r);
}
