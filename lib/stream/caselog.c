/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The durable log: chained lines, one lock, one write, one fdatasync. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caselog.h"
#include "stream/sink.h"

#define READ_BYTES (1u << 20)
/* Members, and what stands round them. */
#define LINE_MAX_BYTES (CASELOG_MEMBERS_MAX + 256)
#define TORN_MARK "#torn"
#define SUM_KEY ",\"sum\":\""
/* How long a reader tries to find no writer at work, in milliseconds. */
#define SETTLE_TRIES 100

struct caselog {
	char *path;
	const char *kind;
	int fd;
	enum caselog_mode mode;
	bool locked;
	bool settled;		/* no writer was at work when `end` was taken */
	bool at_end;
	off_t end;		/* bytes that may be read */

	/* The last good line ends at offset `good`, physical line `lines`. */
	off_t good;
	uint64_t lines, seq, torn_lines;
	char sum[CASELOG_SUM];
	/* Lines after it that were set off, not yet owned by a good one. */
	off_t skip_bytes;
	uint64_t skip_lines;
	off_t open_bytes;	/* and a last line without an end */
	struct caselog_fault fault;

	char *bytes;		/* bytes[at..n) is read and not yet used */
	size_t at, n, cap;
	off_t read_to;		/* offset of bytes[n] */

	struct buf pending;
	size_t whole;		/* bytes of pending that are whole lines */
	size_t events;
};

/* Opening */

static void open_file(struct caselog *log)
{
	int how = O_CLOEXEC | O_NONBLOCK;
	struct stat st;

	how |= log->mode == CASELOG_WRITE ? O_RDWR | O_CREAT | O_APPEND :
					    O_RDONLY;
	log->fd = open(log->path, how, 0600);
	if (log->fd < 0 || fstat(log->fd, &st) < 0)
		die_errno("%s", log->path);
	if (!S_ISREG(st.st_mode))
		die("%s: not a regular file, so not a log", log->path);
}

/* F_RDLCK, F_WRLCK or F_UNLCK on the whole file, owned by this opening. */
static int lock_file(const struct caselog *log, short type, bool wait)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET };
	int status;

	do
		status = fcntl(log->fd, wait ? F_OFD_SETLKW : F_OFD_SETLK,
			       &lock);
	while (status < 0 && errno == EINTR);
	return status;
}

static off_t file_size(const struct caselog *log)
{
	struct stat st;

	if (fstat(log->fd, &st) < 0)
		die_errno("%s", log->path);
	return st.st_size;
}

/*
 * Takes the size for reading at a moment when no writer is at work, so that
 * what is below it never changes again. A writer that holds on for too long
 * is not waited for: then the tail may be a line that is just being written.
 */
static void take_snapshot(struct caselog *log)
{
	for (int i = 0; i < SETTLE_TRIES && !log->settled; i++) {
		log->settled = lock_file(log, F_RDLCK, false) == 0;
		if (!log->settled && errno != EAGAIN && errno != EACCES)
			break;
		if (!log->settled)
			poll(NULL, 0, 1);
	}
	log->end = file_size(log);
	lock_file(log, F_UNLCK, false);
}

struct caselog *caselog_open(const char *path, const char *kind,
			     enum caselog_mode mode)
{
	struct caselog *log = mem_zalloc(1, sizeof(*log));

	if (sodium_init() < 0)
		die("libsodium does not start");
	log->path = mem_strdup(path);
	log->kind = kind;
	log->mode = mode;
	memset(log->sum, '0', sizeof(log->sum));
	open_file(log);
	if (mode == CASELOG_READ)
		take_snapshot(log);
	else
		/* A limit of file size shall be an error, not a signal. */
		signal(SIGXFSZ, SIG_IGN);
	return log;
}

void caselog_close(struct caselog *log)
{
	if (log == NULL)
		return;
	close(log->fd);
	buf_release(&log->pending);
	free(log->bytes);
	free(log->path);
	free(log);
}

/* Reading */

/* The sum over the sum before and the line's bytes, in hex. */
static void chain(const char before[CASELOG_SUM], struct text body,
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

/* The parts of a line; false when it is not built like one. */
struct parts {
	uint64_t seq, torn;
	struct text body;	/* what the sum is over */
	struct text members, sum;
};

static bool take_apart(struct text line, struct parts *p)
{
	size_t tail = strlen(SUM_KEY) + CASELOG_SUM + strlen("\"}");
	struct text t = line, end;

	if (line.n <= tail)
		return false;
	end = (struct text){ line.p + line.n - tail, tail };
	*p = (struct parts){ .body = { line.p, line.n - tail } };
	t.n -= tail;
	if (!take(&t, "{\"seq\":") || !take_number(&t, &p->seq))
		return false;
	if (take(&t, ",\"torn\":") && !take_number(&t, &p->torn))
		return false;
	if (!take(&end, SUM_KEY) || !text_ends(end, "\"}") || !take(&t, ","))
		return false;
	p->members = t;
	p->sum = (struct text){ end.p, CASELOG_SUM };
	return true;
}

/* Line 1 says of what kind the log is. */
static void check_kind(const struct caselog *log, struct text *members)
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

/* NULL, and the line's parts; or what is wrong with it. */
static const char *judge(const struct caselog *log, struct text line,
			 struct parts *p)
{
	char sum[CASELOG_SUM];

	if (!take_apart(line, p))
		return "it is not a line of a log";
	if (p->seq != log->seq + 1)
		return "its number does not follow the line before";
	chain(log->sum, p->body, sum);
	if (memcmp(sum, p->sum.p, CASELOG_SUM) != 0)
		return "the checksum does not fit: this line or the sum of the "
		       "one before was changed";
	if (p->torn != (uint64_t)log->skip_bytes)
		return "it does not account for the torn bytes before it";
	return NULL;
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
	want = log->cap - log->n;
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
		if (n > LINE_MAX_BYTES)
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

static void take_good(struct caselog *log, const struct parts *p, size_t bytes)
{
	log->good += log->skip_bytes + (off_t)bytes;
	log->lines += log->skip_lines + 1;
	log->torn_lines += log->skip_lines;
	log->skip_bytes = 0;
	log->skip_lines = 0;
	log->seq = p->seq;
	memcpy(log->sum, p->sum.p, CASELOG_SUM);
}

int caselog_next(struct caselog *log, struct caselog_line *out)
{
	struct text line;
	struct parts p;
	const char *why;
	int got;

	if (log->fault.why)
		return -1;
	while ((got = next_line(log, &line)) > 0) {
		if (text_ends(line, TORN_MARK)) {
			log->skip_bytes += (off_t)line.n + 1;
			log->skip_lines++;
			continue;
		}
		why = judge(log, line, &p);
		if (why)
			return damaged(log, why);
		if (p.seq == 1)
			check_kind(log, &p.members);
		take_good(log, &p, line.n + 1);
		*out = (struct caselog_line){ p.seq, log->lines, p.members };
		return 1;
	}
	if (got < 0)
		return damaged(log, "it is longer than a line of a log can be");
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

/* Writing */

/* Whether the path still names the file that is open. */
static bool in_place(const struct caselog *log)
{
	struct stat ours, now;

	if (fstat(log->fd, &ours) < 0)
		die_errno("%s", log->path);
	return stat(log->path, &now) == 0 && ours.st_dev == now.st_dev &&
	       ours.st_ino == now.st_ino;
}

void caselog_lock(struct caselog *log)
{
	if (lock_file(log, F_WRLCK, true) < 0)
		die_errno("%s: cannot lock", log->path);
	/* Moved away between the opening and the lock: take the new one. */
	while (!in_place(log)) {
		if (log->good > 0)
			die("%s: was moved or removed while in use", log->path);
		close(log->fd);
		open_file(log);
		if (lock_file(log, F_WRLCK, true) < 0)
			die_errno("%s: cannot lock", log->path);
	}
	log->locked = true;
	log->end = file_size(log);
	if (log->end < log->good)
		die("%s: became shorter while in use", log->path);
	/* What follows the last good line is read again. */
	log->at = log->n = 0;
	log->read_to = log->good;
	log->skip_bytes = log->open_bytes = 0;
	log->skip_lines = 0;
	log->at_end = false;
}

void caselog_unlock(struct caselog *log)
{
	log->locked = false;
	if (lock_file(log, F_UNLCK, false) < 0)
		die_errno("%s: cannot unlock", log->path);
}

/* Ends a torn last line, marked; the first event owns its bytes. */
static void set_off(struct caselog *log, uint64_t *torn)
{
	if (log->open_bytes > 0) {
		buf_adds(&log->pending, TORN_MARK "\n");
		log->skip_lines++;
	}
	*torn = (uint64_t)(log->skip_bytes + log->open_bytes) +
		log->pending.n;
}

uint64_t caselog_add(struct caselog *log, struct text members)
{
	struct buf *b = &log->pending;
	uint64_t torn = 0;
	char sum[CASELOG_SUM];
	size_t start;

	if (!log->locked || !log->at_end || members.n > CASELOG_MEMBERS_MAX)
		bug("caselog_add: no lock, not at the end, or too long");
	if (b->n == 0)
		set_off(log, &torn);
	start = b->n;
	buf_addf(b, "{\"seq\":%llu", (unsigned long long)log->seq + 1);
	if (torn)
		buf_addf(b, ",\"torn\":%llu", (unsigned long long)torn);
	if (log->seq == 0)
		buf_addf(b, ",\"log\":\"%s/1\"", log->kind);
	buf_addc(b, ',');
	buf_addt(b, members);
	chain(log->sum, (struct text){ b->p + start, b->n - start }, sum);
	buf_adds(b, SUM_KEY);
	buf_add(b, sum, sizeof(sum));
	buf_adds(b, "\"}\n");
	memcpy(log->sum, sum, sizeof(sum));
	log->whole = b->n;
	log->events++;
	return ++log->seq;
}

size_t caselog_pending(const struct caselog *log)
{
	return log->events;
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t wrote = write(fd, p, n);

		if (wrote < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (wrote > 0) {
			p += wrote;
			n -= (size_t)wrote;
		}
	}
	return true;
}

/* The name of a log that was just made must be on disk before its lines. */
static bool sync_folder(const char *path)
{
	char *real = realpath(path, NULL);
	char *slash;
	bool synced;

	if (!real)
		return false;
	slash = strrchr(real, '/');
	slash[slash == real] = '\0';
	synced = sink_sync_folder(real);
	free(real);
	return synced;
}

static void cut_back(const struct caselog *log)
{
	int cause = errno, status;

	do
		status = ftruncate(log->fd, log->end);
	while (status < 0 && errno == EINTR);
	if (status < 0)
		warn_errno("%s: cannot be cut back to %lld bytes", log->path,
			   (long long)log->end);
	errno = cause;
}

bool caselog_commit(struct caselog *log)
{
	if (log->whole == 0)
		return true;
	if (log->end == 0 && !sync_folder(log->path))
		return false;
	if (!write_all(log->fd, log->pending.p, log->whole) ||
	    fdatasync(log->fd) < 0) {
		cut_back(log);
		return false;
	}
	log->end += (off_t)log->whole;
	log->good = log->end;
	log->lines += log->skip_lines + log->events;
	log->torn_lines += log->skip_lines;
	log->skip_lines = 0;
	log->skip_bytes = log->open_bytes = 0;
	buf_clear(&log->pending);
	log->whole = 0;
	log->events = 0;
	return true;
}
