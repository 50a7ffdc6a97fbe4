/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The durable log: an append-only file of NDJSON lines, the only state that
 * the programs keep. crm-caselog(5) describes the file. It serves every kind
 * of log; what an event means is the caller's.
 *
 * A line is {"seq":N,MEMBERS,"sum":"HEX"}: numbered from 1 without a gap,
 * and ended by a checksum over the sum of the line before and its own bytes,
 * so that nothing can be changed, added, lost or swapped unseen (except at
 * the very end: note the last sum elsewhere to guard that too). Line 1
 * carries "log":"KIND/1" besides.
 *
 * Writing: one writer at a time, by a kernel lock that dies with its holder:
 *
 *	caselog_lock(log);
 *	while (caselog_next(log, &line) > 0)
 *		take(line);			what others wrote meanwhile
 *	caselog_add(log, members);		as often as there are events
 *	caselog_commit(log);			one write, one fdatasync
 *	caselog_unlock(log);
 *
 * Only after caselog_commit() may an event be acknowledged. A writer that is
 * killed leaves at most a torn last line: it is told, never counted, and the
 * next commit sets it off, marked, on a line of its own.
 *
 * Reading takes no lock that a writer would wait for longer than an instant.
 */
#ifndef STREAM_CASELOG_H
#define STREAM_CASELOG_H

#include "base/text.h"

#define CASELOG_SUM 32			/* hex digits: 128 bits of BLAKE2b */
#define CASELOG_MEMBERS_MAX (1u << 20)	/* bytes of one event's members */

enum caselog_mode {
	CASELOG_READ,
	CASELOG_WRITE		/* made with mode 0600 when it is not there */
};

struct caselog;

/* Does the file look like a log, of whatever kind? A file without a byte does:
 * it is a log without events. */
bool caselog_is(const char *path);

/*
 * Opens the log of this kind ("complaints"). Dies when it cannot, or when
 * the path is no regular file. For reading, the log is taken as it stands
 * now: what is appended later is not seen.
 */
struct caselog *caselog_open(const char *path, const char *kind,
			     enum caselog_mode);
void caselog_close(struct caselog *);
const char *caselog_path(const struct caselog *);

struct caselog_line {
	uint64_t seq;
	uint64_t line;		/* physical line, 1-based */
	uint64_t at;		/* the offset at which it begins */
	struct text members;	/* "key":value,... borrowed until the next */
};

/*
 * The next good line. 1: there is one; 0: no more for now (after
 * caselog_lock() there may be); -1: a line is damaged or foreign, and
 * caselog_fault() says which. Dies when the file cannot be read.
 */
int caselog_next(struct caselog *, struct caselog_line *);

struct caselog_fault {
	uint64_t line;
	const char *why;
};
struct caselog_fault caselog_fault(const struct caselog *);

/* What was read so far: the number and sum of the last line, how many torn
 * lines lie between the good ones, and the bytes of a torn tail that no
 * commit has set off yet. */
struct caselog_state {
	uint64_t seq;
	char sum[CASELOG_SUM];
	uint64_t torn_lines, tail_line;
	uint64_t tail_bytes;
};
struct caselog_state caselog_state(const struct caselog *);

/* Waits for the other writers and takes the log for this process alone. */
void caselog_lock(struct caselog *);
void caselog_unlock(struct caselog *);
/* Takes the lock again after a commit, when nobody has it and nobody has
 * written since: the log is where it was. Else false; never waits or dies. */
bool caselog_lock_again(struct caselog *);
/* Lets a reader look at what is beside the log while no writer is at work, and
 * takes the log as it stands now; caselog_unlock() ends it. False when writers
 * are at work all the time: then nothing is held. */
bool caselog_share(struct caselog *);
/* Adds an event to what the next commit writes; gives its number. The lock
 * is held and caselog_next() has said 0. At most CASELOG_MEMBERS_MAX. */
uint64_t caselog_add(struct caselog *, struct text members);
/* Makes all that was added durable; nothing to do when nothing was. False
 * and errno when it cannot: the log is cut back to what it was, and must not
 * be written to any more. */
bool caselog_commit(struct caselog *);

/*
 * What a reader has made of a log may be kept elsewhere (caseindex.h), so that
 * the next writer need not read it all again. A mark is the place behind the
 * last event, and what the file was like then.
 */
struct caselog_file {
	uint64_t device, inode, size;
	int64_t modified_ns, changed_ns;
};

struct caselog_mark {
	struct caselog_file file;
	uint64_t seq, lines, torn_lines;
	char sum[CASELOG_SUM];
};

/* Whether so many bytes or more were in the log when it was last looked at. */
bool caselog_has_bytes(const struct caselog *, uint64_t bytes);
/* Where the log is; false when that is no place to go back to: without the
 * lock, not at the end, before the first event, or behind torn bytes. */
bool caselog_mark(const struct caselog *, struct caselog_mark *);
/* Whether the file is what it was then: any change moves the time of change,
 * which no tool sets back. Needs the lock. */
bool caselog_is_at(const struct caselog *, const struct caselog_mark *);
/* Goes there under the lock, which gives a log as if caselog_next() had read
 * it all. False, and nothing done, when the file is not what it was. */
bool caselog_jump(struct caselog *, const struct caselog_mark *);
/* Goes back to the first line. */
void caselog_rewind(struct caselog *);
/* The line that begins at this offset, when its own sum fits the sum of the
 * line before it; else false. Its `line` is 0. Wherever the log is, it stays
 * there. */
bool caselog_line_at(struct caselog *, uint64_t at, struct caselog_line *);
/* The offset at which the event that was added last will begin. */
uint64_t caselog_added_at(const struct caselog *);

/*
 * Takes the next member off the front of *rest. A string's value is what
 * stands between its quotes; `escaped` when it holds a backslash. False at
 * the end, and when the text is not a list of flat members (then rest->n is
 * not 0).
 */
struct caselog_member {
	struct text key, value;
	bool string, escaped;
};
bool caselog_member(struct text *rest, struct caselog_member *);
/* Appends the text that an escaped value stands for; false when it holds an
 * escape that the log does not use. */
bool caselog_unescape(struct buf *, struct text value);

/* Appends `"key":"text"` to a list of members, a comma before it unless the
 * list is empty. Escaped are the quote, the backslash and control bytes. */
void caselog_put_text(struct buf *, struct text key, struct text);
/* The same for a number, given as its text. */
void caselog_put_plain(struct buf *, struct text key, struct text);

#endif
