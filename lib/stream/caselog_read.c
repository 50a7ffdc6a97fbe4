/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The durable log, read: every line judged by its number and its sum. */
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog_in.h"

#define READ_BYTES (1u << 20)
/* Line 1 is often all that is wanted. */
#define FIRST_BYTES (1u << 14)

void caselog_no_sum(char sum[CASELOG_SUM])
{
	memset(sum, '0', CASELOG_SUM);
}

void caselog_chain(const char before[CASELOG_SUM], struct text body,
		   char sum[CASELOG_SUM])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[CASELOG_SUM / 2];
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	crypto_generichash_update(&state, (const unsigned char *)before,
				  CASELOG_SUM);
	crypto_generichash_update(&state, (const unsigned char *)body.p,
				  body.n);
	crypto_generichash_final(&state, hash, sizeof(hash));
	for (size_t i = 0; i < sizeof(hash); i++) {
		sum[2 * i] = digits[hash[i] >> 4];
		sum[2 * i + 1] = digits[hash[i] & 15];
	}
}

static bool take(struct text *t, const char *prefix)
{
	size_t n = strlen(prefix);

	if (!text_starts(*t, prefix))
		return false;
	t->p += n;
	t->n -= n;
	return true;
}

static bool take_number(struct text *t, uint64_t *v)
{
	size_t n = 0;

	*v = 0;
	while (n < t->n && t->p[n] >= '0' && t->p[n] <= '9' && n < 19)
		*v = *v * 10 + (uint64_t)(t->p[n++] - '0');
	t->p += n;
	t->n -= n;
	return n > 0;
}

bool caselog_take_apart(struct text line, struct caselog_parts *p)
{
	size_t tail = strlen(CASELOG_SUM_KEY) + CASELOG_SUM + strlen("\"}");
	struct text t = line, end;

	if (line.n <= tail)
		return false;
	end = (struct text){ line.p + line.n - tail, tail };
	*p = (struct caselog_parts){ .body = { line.p, line.n - tail } };
	t.n -= tail;
	if (!take(&t, "{\"seq\":") || !take_number(&t, &p->seq))
		return false;
	if (take(&t, ",\"torn\":") && !take_number(&t, &p->torn))
		return false;
	if (!take(&end, CASELOG_SUM_KEY) || !text_ends(end, "\"}") ||
	    !take(&t, ","))
		return false;
	p->members = t;
	p->sum = (struct text){ end.p, CASELOG_SUM };
	return true;
}

void caselog_check_kind(const struct caselog *log, struct text *members)
{
	struct caselog_member kind;

	if (!caselog_member(members, &kind) || !text_is(kind.key, "log"))
		die("%s:%llu: not a log of ours: line 1 does not say its kind",
		    log->path, (unsigned long long)log->lines + 1);
	if (!text_starts(kind.value, log->kind) ||
	    kind.value.n != strlen(log->kind) + 2 ||
	    !text_ends(kind.value, "/1"))
		die("%s: a log of kind %.*s, not %s/1", log->path,
		    (int)kind.value.n, kind.value.p, log->kind);
}

const char *caselog_link(const struct caselog *log,
			 const struct caselog_parts *p)
{
	char sum[CASELOG_SUM];

	if (p->seq != log->seq + 1)
		return "its number does not follow the line before";
	caselog_chain(log->sum, p->body, sum);
	if (memcmp(sum, p->sum.p, CASELOG_SUM) != 0)
		return "the checksum does not fit: this line or the sum of the "
		       "one before was changed";
	if (p->torn != (uint64_t)log->skip_bytes)
		return "it does not account for the torn bytes before it";
	return NULL;
}

const char *caselog_judge(const struct caselog *log, struct text line,
			  struct caselog_parts *p)
{
	if (!caselog_take_apart(line, p))
		return "it is not a line of a log";
	return caselog_link(log, p);
}

/* Reads on; false when there is nothing more to read. */
static bool fill(struct caselog *log)
{
	off_t left = log->end - log->read_to;
	size_t want;
	ssize_t got;

	if (left <= 0)
		return false;
	if (log->bytes && log->at > 0) {
		memmove(log->bytes, log->bytes + log->at, log->n - log->at);
		log->n -= log->at;
		log->at = 0;
	}
	if (log->cap - log->n < READ_BYTES / 2) {
		log->cap = log->cap ? 2 * log->cap : READ_BYTES;
		log->bytes = mem_resize(log->bytes, log->cap, 1);
	}
	want = log->read_to > 0 ? log->cap - log->n : FIRST_BYTES;
	if ((off_t)want > left)
		want = (size_t)left;
	do
		got = pread(log->fd, log->bytes + log->n, want, log->read_to);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		die_errno("%s", log->path);
	if (got == 0)
		die("%s: became shorter while it was read", log->path);
	log->n += (size_t)got;
	log->read_to += got;
	return true;
}

/* The next physical line. 1; 0 when what is left has no end; -1 when it is
 * longer than any line of ours. */
static int next_line(struct caselog *log, struct text *line)
{
	size_t seen = 0;

	for (;;) {
		size_t n = log->n - log->at;
		const char *p = log->bytes ? log->bytes + log->at : "";
		const char *nl = memchr(p + seen, '\n', n - seen);

		if (nl) {
			*line = (struct text){ p, (size_t)(nl - p) };
			log->at += line->n + 1;
			return 1;
		}
		if (n > CASELOG_LINE_MAX)
			return -1;
		seen = n;
		if (!fill(log))
			return 0;
	}
}

static int damaged(struct caselog *log, const char *why)
{
	log->fault = (struct caselog_fault){
		.line = log->lines + log->skip_lines + 1, .why = why
	};
	return -1;
}

void caselog_take_good(struct caselog *log, const struct caselog_parts *p,
		       size_t bytes)
{
	log->good += log->skip_bytes + (off_t)bytes;
	log->lines += log->skip_lines + 1;
	log->torn_lines += log->skip_lines;
	log->skip_bytes = 0;
	log->skip_lines = 0;
	log->seq = p->seq;
	memcpy(log->sum, p->sum.p, CASELOG_SUM);
}

/* Whether what has no line end may be the beginning of a line: before the
 * first event a file of somebody else looks like a torn line, too, and must
 * not be written to. */
static bool may_be_torn(const struct caselog *log)
{
	static const char first[] = "{\"seq\":1,";
	size_t n = log->n - log->at;

	if (log->seq > 0 || n == 0)
		return true;
	if (n > strlen(first))
		n = strlen(first);
	return memcmp(log->bytes + log->at, first, n) == 0;
}

int caselog_next(struct caselog *log, struct caselog_line *out)
{
	struct text line;
	struct caselog_parts p;
	const char *why;
	int got;

	if (log->fault.why)
		return -1;
	while ((got = next_line(log, &line)) > 0) {
		if (text_ends(line, CASELOG_TORN)) {
			log->skip_bytes += (off_t)line.n + 1;
			log->skip_lines++;
			continue;
		}
		why = caselog_judge(log, line, &p);
		if (why)
			return damaged(log, why);
		if (p.seq == 1)
			caselog_check_kind(log, &p.members);
		caselog_take_good(log, &p, line.n + 1);
		*out = (struct caselog_line){
			p.seq, log->lines, (uint64_t)log->good - line.n - 1,
			p.members
		};
		return 1;
	}
	if (got < 0)
		return damaged(log, "it is longer than a line of a log can be");
	if (!may_be_torn(log))
		return damaged(log, "it is not a line of a log");
	log->open_bytes = (off_t)(log->n - log->at);
	log->at_end = true;
	return 0;
}

struct caselog_fault caselog_fault(const struct caselog *log)
{
	return log->fault;
}

struct caselog_state caselog_state(const struct caselog *log)
{
	struct caselog_state s = {
		.seq = log->seq, .torn_lines = log->torn_lines
	};

	memcpy(s.sum, log->sum, sizeof(s.sum));
	/* Without the lock it may be a line that a writer is at. */
	if (log->at_end && (log->settled || log->locked)) {
		s.tail_bytes = (uint64_t)(log->skip_bytes + log->open_bytes);
		s.tail_line = log->lines + 1;
	}
	return s;
}

void caselog_read_again(struct caselog *log)
{
	log->at = log->n = 0;
	log->read_to = log->good;
	log->skip_bytes = log->open_bytes = 0;
	log->skip_lines = 0;
	log->at_end = false;
}
