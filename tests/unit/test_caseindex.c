/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The index beside a log, by a ledger of points: an account may not become
 * negative, and whoever posts must know its balance, whether by the index or
 * by the whole log.
 */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/caseindex_in.h"
#include "tests/unit/child.h"

#define ACCOUNTS 40
#define LINES 2000		/* of an account */
#define FULL CASEINDEX_LOG_MIN

static char *folder, *path, *index_path, *new_path;

static void setup(void)
{
	folder = folder_make();
	path = folder_file(folder, "log");
	index_path = folder_file(folder, "log.index");
	new_path = folder_file(folder, "log.index.new");
}

static void teardown(void)
{
	folder_remove(folder);
	free(path);
	free(index_path);
	free(new_path);
}

/* ---- a ledger ---- */

struct account {
	int64_t balance, entries;
};

struct ledger {
	struct caselog *log;
	struct caseindex *ix;
	struct account account[ACCOUNTS];
	char name[16];
	bool jumped;		/* the log was not read */
	int merges;
	const char *trouble;
};

/* Where each account's lines are, when the log was read. */
static struct {
	uint64_t at[LINES];
	size_t n;
} lines[ACCOUNTS];

/* Some names are long, some share a bucket. */
static struct text name_of(struct ledger *l, int k)
{
	snprintf(l->name, sizeof(l->name), k % 3 ? "a%d" : "account %d", k);
	return text_of(l->name);
}

static struct text key_of(void *ctx, size_t i)
{
	return name_of(ctx, (int)i);
}

static void value_of(void *ctx, size_t i, struct buf *to)
{
	const struct ledger *l = ctx;

	buf_add(to, (const char *)&l->account[i], sizeof(l->account[i]));
}

static const uint64_t *lines_of(void *ctx, size_t i, size_t *n)
{
	(void)ctx;
	*n = lines[i].n;
	return lines[i].at;
}

/* The number in "a7" or "account 7". */
static int account_of(struct text name)
{
	size_t at = text_starts(name, "account ") ? strlen("account ") : 1;
	int k = atoi(name.p + at);

	ck_assert_int_lt(k, ACCOUNTS);
	return k;
}

/* Takes an entry of account `only`, or of any when that is negative. */
static void take(struct ledger *l, struct text members, int only)
{
	struct caselog_member key, points, pad;
	int k;

	ck_assert(caselog_member(&members, &key));
	ck_assert(caselog_member(&members, &points));
	ck_assert(caselog_member(&members, &pad));
	k = account_of(key.value);
	if (only >= 0 && k != only)
		return;
	l->account[k].balance += atoi(points.value.p);
	l->account[k].entries++;
}

static void add_line(struct text members, uint64_t at)
{
	struct caselog_member key;
	int k;

	ck_assert(caselog_member(&members, &key));
	k = account_of(key.value);
	ck_assert_uint_lt(lines[k].n, LINES);
	lines[k].at[lines[k].n++] = at;
}

static void read_whole(struct ledger *l)
{
	struct caselog_line line;

	memset(l->account, 0, sizeof(l->account));
	for (int k = 0; k < ACCOUNTS; k++)
		lines[k].n = 0;
	caselog_rewind(l->log);
	while (caselog_next(l->log, &line) > 0) {
		take(l, line.members, -1);
		add_line(line.members, line.at);
	}
	ck_assert_ptr_null(caselog_fault(l->log).why);
	l->jumped = false;
}

/* One account by the index; false when it is damaged. */
static bool ask(struct ledger *l, int k)
{
	struct caselog_line line;
	struct text value;
	int got = caseindex_find(l->ix, name_of(l, k), &value);

	memset(&l->account[k], 0, sizeof(l->account[k]));
	if (got > 0) {
		ck_assert_uint_eq(value.n, sizeof(l->account[k]));
		memcpy(&l->account[k], value.p, value.n);
	}
	while (got >= 0 && (got = caseindex_line(l->ix, &line)) > 0)
		take(l, line.members, k);
	return got == 0;
}

static void know(struct ledger *l, int k, bool indexed)
{
	l->jumped = indexed && caseindex_open(l->ix) && caseindex_jump(l->ix);
	if (!l->jumped || !ask(l, k))
		read_whole(l);
}

/* The accounts by name; only those that the waiting lines are of. */
struct some {
	struct ledger *l;
	int account[ACCOUNTS];
	size_t n;
};

static struct text some_key(void *ctx, size_t i)
{
	const struct some *s = ctx;

	return name_of(s->l, s->account[i]);
}

static void some_value(void *ctx, size_t i, struct buf *to)
{
	const struct some *s = ctx;

	value_of(s->l, (size_t)s->account[i], to);
}

/* `known`: the account that was asked for, and is as it is now. */
static void merge(struct ledger *l, int known)
{
	struct some some = { .l = l };
	bool has[ACCOUNTS] = { false };
	struct caseindex_source source = {
		.key = some_key, .value = some_value, .ctx = &some
	};
	struct caselog_line line;
	struct caselog_member key;

	for (size_t i = 0; i < caseindex_waiting(l->ix); i++) {
		ck_assert(caseindex_waits(l->ix, i, &line));
		ck_assert(caselog_member(&line.members, &key));
		has[account_of(key.value)] = true;
	}
	for (int k = 0; k < ACCOUNTS; k++) {
		if (!has[k])
			continue;
		ck_assert(k == known || ask(l, k));
		some.account[some.n++] = k;
	}
	source.n = some.n;
	caseindex_merge(l->ix, &source);
	l->merges++;
}

static void keep(struct ledger *l, int known)
{
	const struct caseindex_source source = {
		.n = ACCOUNTS, .key = key_of, .value = value_of,
		.lines = lines_of, .ctx = l
	};

	if (caseindex_full(l->ix) && l->jumped)
		merge(l, known);
	caseindex_commit(l->ix);
	if (!l->jumped && !caseindex_fresh(l->ix))
		caseindex_write(l->ix, &source);
}

/* Posts, so many times, when that leaves nothing negative. `pad` makes the
 * log grow. */
static bool post_times(struct ledger *l, int k, int points, size_t pad,
		       bool indexed, int times)
{
	struct buf members = { 0 };
	bool good;

	*l = (struct ledger){ .log = caselog_open(path, "test",
						  CASELOG_WRITE) };
	l->ix = caseindex_new(l->log, path, TEXT("ledger 1"));
	caselog_lock(l->log);
	know(l, k, indexed);
	good = l->account[k].balance + points >= 0;
	caselog_put_text(&members, TEXT("key"), name_of(l, k));
	buf_addf(&members, ",\"points\":%d,\"pad\":\"%0*d\"", points, (int)pad,
		 0);
	for (int i = 0; i < times && good; i++) {
		caselog_add(l->log, buf_text(&members));
		add_line(buf_text(&members), caselog_added_at(l->log));
		caseindex_added(l->ix, name_of(l, k));
		l->account[k].balance += points;
		l->account[k].entries++;
	}
	ck_assert(caselog_commit(l->log));
	if (indexed)
		keep(l, k);
	caselog_unlock(l->log);
	l->trouble = caseindex_trouble(l->ix);
	caseindex_free(l->ix);
	caselog_close(l->log);
	buf_release(&members);
	return good;
}

static bool post(struct ledger *l, int k, int points, size_t pad, bool indexed)
{
	return post_times(l, k, points, pad, indexed, 1);
}

/* A log with a fresh index, an entry of 100 points for each account. */
static void fill(void)
{
	struct ledger l;

	for (int k = 0; k < ACCOUNTS; k++)
		ck_assert(post(&l, k, 100, FULL / ACCOUNTS, true));
	ck_assert_int_eq(access(index_path, F_OK), 0);
}

/* ---- the tests ---- */

START_TEST(a_small_log_has_no_index)
{
	struct ledger l;

	ck_assert(post(&l, 1, 5, 1, true));
	ck_assert_int_ne(access(index_path, F_OK), 0);
	ck_assert(!l.jumped);
}
END_TEST

START_TEST(the_next_writer_reads_nothing)
{
	struct ledger l;
	struct stat st;

	fill();
	ck_assert(post(&l, 7, -60, 1, true));
	ck_assert(l.jumped);
	ck_assert_int_eq(l.account[7].balance, 40);
	/* And the lines since the base count. */
	ck_assert(!post(&l, 7, -60, 1, true));
	ck_assert(l.jumped);
	ck_assert(post(&l, 7, -40, 1, true));
	ck_assert_int_eq(l.account[7].entries, 3);
	ck_assert_int_eq(stat(index_path, &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0600);
}
END_TEST

/* The same postings with the index and by the whole log alone. */
START_TEST(with_and_without_an_index_is_the_same)
{
	struct account want[ACCOUNTS] = { 0 };
	uint64_t random = (uint64_t)_i + 1;
	struct ledger l;
	int jumps = 0;

	for (int i = 0; i < 600; i++) {
		int k, points;
		bool good, way;

		random = hash_mix(random ^ HASH_SALT_A, HASH_SALT_B);
		k = (int)(random % ACCOUNTS);
		points = (int)(random >> 20 & 63) - 30;
		good = want[k].balance + points >= 0;
		way = (random >> 30 & 15) != 0;
		ck_assert_int_eq(post(&l, k, points, 2000, way), good);
		if (good) {
			want[k].balance += points;
			want[k].entries++;
		}
		jumps += l.jumped;
		ck_assert_int_eq(l.account[k].balance, want[k].balance);
		ck_assert_int_eq(l.account[k].entries, want[k].entries);
	}
	ck_assert_int_gt(jumps, 100);
}
END_TEST

/* What the index says of an account's lines is what the log has. */
static void same_lines(struct ledger *l, int k)
{
	uint64_t *at;
	size_t n;

	l->log = caselog_open(path, "test", CASELOG_READ);
	l->ix = caseindex_new(l->log, path, (struct text){ 0 });
	read_whole(l);
	ck_assert(caselog_share(l->log));
	ck_assert(caseindex_open(l->ix));
	ck_assert(caseindex_lines(l->ix, name_of(l, k), &at, &n));
	ck_assert(caseindex_jump(l->ix));
	caselog_unlock(l->log);
	ck_assert_uint_eq(n, lines[k].n);
	ck_assert_mem_eq(at, lines[k].at, n * sizeof(*at));
	free(at);
	caseindex_free(l->ix);
	caselog_close(l->log);
}

START_TEST(an_index_that_is_full_is_brought_into_its_base)
{
	int whole = 0, merges = 0, rounds = 3 * CASEINDEX_RECENT_MAX / 100;
	struct ledger l;

	fill();
	for (int i = 0; i < rounds; i++) {
		/* Some accounts lie still from one time to the next. */
		ck_assert(post_times(&l, i * i % (ACCOUNTS - 3), 1, 1, true,
				     100));
		whole += !l.jumped;
		merges += l.merges;
		ck_assert_int_eq(l.account[i * i % (ACCOUNTS - 3)].balance,
				 l.account[i * i % (ACCOUNTS - 3)].entries +
					 99);
	}
	ck_assert_int_eq(whole, 0);
	ck_assert_int_ge(merges, 2);
	for (int k = 0; k < ACCOUNTS; k++) {
		ck_assert(post(&l, k, 1, 1, true));
		ck_assert(l.jumped);
		ck_assert_int_eq(l.account[k].balance,
				 l.account[k].entries + 99);
		same_lines(&l, k);
	}
}
END_TEST

START_TEST(a_key_that_is_new_comes_into_the_base)
{
	struct ledger l;

	ck_assert(post(&l, 0, 1, FULL, true));
	for (int k = 1; k < ACCOUNTS; k++)
		ck_assert(post_times(&l, k, 2, 1, true,
				     CASEINDEX_RECENT_MAX / 20));
	for (int k = 1; k < ACCOUNTS; k++) {
		ck_assert(!post(&l, k, -CASEINDEX_RECENT_MAX / 10 - 1, 1,
				true));
		ck_assert(l.jumped);
		ck_assert_int_eq(l.account[k].entries,
				 CASEINDEX_RECENT_MAX / 20);
		same_lines(&l, k);
	}
}
END_TEST

static void change_log(const char *from, const char *to)
{
	struct buf b = { 0 };

	buf_addf(&b, "sed -i 's/%s/%s/' '%s'", from, to, path);
	ck_assert_int_eq(system(b.p), 0);
	buf_release(&b);
}

START_TEST(a_change_of_the_log_makes_the_index_stale)
{
	struct ledger l;
	struct stat st;
	int fd;

	fill();
	/* A byte written over by itself, and the time of it set back. */
	ck_assert_int_eq(stat(path, &st), 0);
	fd = open(path, O_RDWR);
	ck_assert_int_eq(pwrite(fd, "{", 1, 0), 1);
	ck_assert_int_eq(futimens(fd, (struct timespec[]){ st.st_atim,
							   st.st_mtim }), 0);
	close(fd);
	ck_assert(post(&l, 3, 1, 1, true));
	ck_assert(!l.jumped);
	ck_assert(post(&l, 3, 1, 1, true));
	ck_assert(l.jumped);
}
END_TEST

START_TEST(damage_in_the_middle_is_not_hidden_by_the_index)
{
	struct caselog_line line;
	struct caselog *log;
	struct caseindex *ix;

	fill();
	change_log("\"key\":\"a7\",\"points\":100",
		   "\"key\":\"a7\",\"points\":900");
	log = caselog_open(path, "test", CASELOG_WRITE);
	ix = caseindex_new(log, path, TEXT("ledger 1"));
	caselog_lock(log);
	ck_assert(!caseindex_open(ix));
	while (caselog_next(log, &line) > 0)
		continue;
	ck_assert_uint_eq(caselog_fault(log).line, 8);
	caseindex_free(ix);
	caselog_close(log);
}
END_TEST

static void flip(uint64_t at)
{
	unsigned char c;
	int fd = open(index_path, O_RDWR);

	ck_assert_int_eq(pread(fd, &c, 1, (off_t)at), 1);
	c ^= (unsigned char)(1u << at % 8);
	ck_assert_int_eq(pwrite(fd, &c, 1, (off_t)at), 1);
	close(fd);
}

/* Looks at every account, and changes nothing. Whether the log was read. */
static bool look(struct ledger *l)
{
	*l = (struct ledger){ .log = caselog_open(path, "test",
						  CASELOG_WRITE) };
	caselog_lock(l->log);
	l->ix = caseindex_new(l->log, path, TEXT("ledger 1"));
	know(l, 0, true);
	for (int k = 1; k < ACCOUNTS && l->jumped; k++)
		if (!ask(l, k))
			read_whole(l);
	for (int k = 0; k < ACCOUNTS; k++) {
		ck_assert_int_eq(l->account[k].balance, 100 + k);
		ck_assert_int_eq(l->account[k].entries, 2);
	}
	caseindex_free(l->ix);
	caselog_close(l->log);
	return !l->jumped;
}

/* Every byte of the head and of the directory, and every third of the list and
 * of the buckets: what is used is noticed, and nothing is ever wrong. */
START_TEST(a_flipped_bit_is_never_believed)
{
	struct ledger l;
	struct stat st;
	uint64_t used = CASEINDEX_RECENT_AT +
			ACCOUNTS * sizeof(struct caseindex_recent);
	uint64_t directory = caseindex_slot_at(ACCOUNTS /
					       CASEINDEX_BUCKET_KEYS + 1);

	fill();
	for (int k = 0; k < ACCOUNTS; k++)
		ck_assert(post(&l, k, k, 1, true));
	ck_assert(!look(&l));
	ck_assert_int_eq(stat(index_path, &st), 0);
	for (uint64_t at = 0; at < (uint64_t)st.st_size;
	     at += at < CASEINDEX_RECENT_AT ||
				   (at >= CASEINDEX_DIRECTORY_AT &&
				    at < directory) ? 1 : 3) {
		if (at == sizeof(struct caseindex_head))
			at = CASEINDEX_RECENT_AT;
		if (at >= used && at < CASEINDEX_DIRECTORY_AT)
			at = CASEINDEX_DIRECTORY_AT;
		flip(at);
		ck_assert(look(&l));
		flip(at);
	}
	ck_assert(!look(&l));
}
END_TEST

START_TEST(a_damaged_index_is_written_anew)
{
	struct ledger l;
	struct stat st;

	fill();
	ck_assert_int_eq(stat(index_path, &st), 0);
	for (uint64_t at = CASEINDEX_DIRECTORY_AT; at < (uint64_t)st.st_size;
	     at++)
		flip(at);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(!l.jumped);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(l.jumped);
}
END_TEST

START_TEST(an_index_cut_short_is_written_anew)
{
	static const off_t sizes[] = {
		0, 5, 16, 100, sizeof(struct caseindex_head), 4096,
		CASEINDEX_DIRECTORY_AT, CASEINDEX_DIRECTORY_AT + 50
	};
	struct ledger l;

	fill();
	ck_assert_int_eq(truncate(index_path, sizes[_i]), 0);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(!l.jumped);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(l.jumped);
}
END_TEST

START_TEST(an_index_of_an_older_kind_is_written_anew)
{
	struct ledger l;

	fill();
	file_write(index_path, TEXT("crm-caseindex/1\nwhat it was like"));
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(!l.jumped);
	ck_assert_ptr_null(l.trouble);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(l.jumped);
}
END_TEST

/* What is not ours is neither read nor written nor taken away. */
static void stays(const char *at, mode_t kind, const char *trouble)
{
	struct ledger l;
	struct stat before, after;

	ck_assert_int_eq(lstat(at, &before), 0);
	ck_assert_int_eq(before.st_mode & S_IFMT, kind);
	for (int i = 0; i < 3; i++) {
		ck_assert(post(&l, 5, 1, 1, true));
		ck_assert(!l.jumped);
		ck_assert_str_eq(l.trouble, trouble);
	}
	ck_assert_int_eq(lstat(at, &after), 0);
	ck_assert_int_eq(after.st_mode, before.st_mode);
	ck_assert_uint_eq(after.st_ino, before.st_ino);
	ck_assert_int_eq(after.st_size, before.st_size);
}

START_TEST(a_foreign_file_of_that_name_stays)
{
	char *other = folder_file(folder, "other");
	struct buf b;

	fill();
	ck_assert_int_eq(unlink(index_path), 0);
	file_write(index_path, TEXT("my list of case numbers\n"));
	stays(index_path, S_IFREG, "is a file of another kind");
	b = file_read(index_path);
	ck_assert_str_eq(b.p, "my list of case numbers\n");
	buf_release(&b);

	ck_assert_int_eq(rename(index_path, other), 0);
	ck_assert_int_eq(symlink(other, index_path), 0);
	stays(index_path, S_IFLNK, "cannot be opened");
	ck_assert_int_eq(unlink(index_path), 0);
	ck_assert_int_eq(mkdir(index_path, 0700), 0);
	stays(index_path, S_IFDIR, "cannot be opened");
	ck_assert_int_eq(rmdir(index_path), 0);
	ck_assert_int_eq(mkfifo(index_path, 0600), 0);
	stays(index_path, S_IFIFO, "is no regular file");
	free(other);
}
END_TEST

START_TEST(a_foreign_file_of_the_temporary_name_stays)
{
	fill();
	ck_assert_int_eq(unlink(index_path), 0);
	file_write(new_path, TEXT("something new\n"));
	stays(new_path, S_IFREG, "cannot be made");
	ck_assert_int_eq(unlink(new_path), 0);
	ck_assert_int_eq(symlink("/etc/passwd", new_path), 0);
	stays(new_path, S_IFLNK, "cannot be made");
	ck_assert_int_ne(access(index_path, F_OK), 0);
}
END_TEST

START_TEST(a_leftover_of_a_killed_writer_is_cleared_away)
{
	struct ledger l;

	fill();
	ck_assert_int_eq(rename(index_path, new_path), 0);
	ck_assert_int_eq(truncate(new_path, 7), 0);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert_ptr_null(l.trouble);
	ck_assert_int_ne(access(new_path, F_OK), 0);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(l.jumped);
}
END_TEST

START_TEST(the_index_of_another_log_is_not_taken)
{
	char *other = folder_file(folder, "other"), command[512];
	struct ledger l;

	fill();
	ck_assert_int_eq(rename(path, other), 0);
	snprintf(command, sizeof(command), "cp -p '%s' '%s.copy'", index_path,
		 index_path);
	ck_assert_int_eq(system(command), 0);
	ck_assert_int_eq(unlink(index_path), 0);
	fill();
	snprintf(command, sizeof(command), "mv '%s.copy' '%s'", index_path,
		 index_path);
	ck_assert_int_eq(system(command), 0);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(!l.jumped);
	free(other);
}
END_TEST

START_TEST(an_index_of_other_parameters_is_stale)
{
	struct ledger l = { .jumped = false };

	fill();
	l.log = caselog_open(path, "test", CASELOG_WRITE);
	caselog_lock(l.log);
	l.ix = caseindex_new(l.log, path, TEXT("ledger 2"));
	ck_assert(!caseindex_open(l.ix));
	caseindex_free(l.ix);
	l.ix = caseindex_new(l.log, path, TEXT("ledger 1"));
	ck_assert(caseindex_open(l.ix));
	caseindex_free(l.ix);
	caselog_close(l.log);
}
END_TEST

START_TEST(an_index_that_more_people_may_write_is_not_believed)
{
	struct ledger l;

	fill();
	ck_assert_int_eq(chmod(index_path, 0666), 0);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(!l.jumped);
	ck_assert(post(&l, 5, 1, 1, true));
	ck_assert(l.jumped);
}
END_TEST

START_TEST(a_torn_line_between_does_not_confuse)
{
	struct ledger l;
	int fd;

	fill();
	ck_assert(post(&l, 5, 1, 1, true));
	fd = open(path, O_WRONLY | O_APPEND);
	ck_assert_int_eq(write(fd, "{\"seq\":", 7), 7);
	close(fd);
	ck_assert(post(&l, 5, 2, 1, true));
	ck_assert(!l.jumped);
	ck_assert(post(&l, 5, 3, 1, true));
	ck_assert(l.jumped);
	ck_assert_int_eq(l.account[5].balance, 106);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("caseindex");
	TCase *t = tcase_create("caseindex");
	SRunner *sr = srunner_create(s);
	int failed;

	msg_init("test_caseindex");
	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_small_log_has_no_index);
	tcase_add_test(t, the_next_writer_reads_nothing);
	tcase_add_loop_test(t, with_and_without_an_index_is_the_same, 0, 4);
	tcase_add_test(t, an_index_that_is_full_is_brought_into_its_base);
	tcase_add_test(t, a_key_that_is_new_comes_into_the_base);
	tcase_add_test(t, a_change_of_the_log_makes_the_index_stale);
	tcase_add_test(t, damage_in_the_middle_is_not_hidden_by_the_index);
	tcase_add_test(t, a_flipped_bit_is_never_believed);
	tcase_add_test(t, a_damaged_index_is_written_anew);
	tcase_add_test(t, an_index_of_an_older_kind_is_written_anew);
	tcase_add_loop_test(t, an_index_cut_short_is_written_anew, 0, 8);
	tcase_add_test(t, a_foreign_file_of_that_name_stays);
	tcase_add_test(t, a_foreign_file_of_the_temporary_name_stays);
	tcase_add_test(t, a_leftover_of_a_killed_writer_is_cleared_away);
	tcase_add_test(t, the_index_of_another_log_is_not_taken);
	tcase_add_test(t, an_index_of_other_parameters_is_stale);
	tcase_add_test(t, an_index_that_more_people_may_write_is_not_believed);
	tcase_add_test(t, a_torn_line_between_does_not_confuse);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
