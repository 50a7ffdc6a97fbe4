/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For tests of what ends a program: runs a function in a child process and
 * tells its exit status and what it wrote.
 */
#ifndef UNIT_CHILD_H
#define UNIT_CHILD_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

struct child {
	int status;		/* exit status, or 128 + signal */
	struct buf out, err;
};

static inline void child_read(int fd, struct buf *to)
{
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	buf_clear(to);
	while ((n = read(fd, buf_room(to, 65536), 65536)) > 0)
		to->n += (size_t)n;
	buf_add(to, "", 0);
	close(fd);
}

/* fn's own return ends the child with status 0. */
static inline void child_run(struct child *c, void (*fn)(void *), void *ctx)
{
	int out = memfd_create("out", 0), err = memfd_create("err", 0);
	int status;
	pid_t pid;

	ck_assert(out >= 0 && err >= 0);
	fflush(NULL);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		dup2(out, STDOUT_FILENO);
		dup2(err, STDERR_FILENO);
		fn(ctx);
		exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	c->status = WIFEXITED(status) ? WEXITSTATUS(status) :
					128 + WTERMSIG(status);
	child_read(out, &c->out);
	child_read(err, &c->err);
}

static inline void child_release(struct child *c)
{
	buf_release(&c->out);
	buf_release(&c->err);
}

/* A folder of the test's own, removed by folder_remove(). */
static inline char *folder_make(void)
{
	char *path = mem_strdup("/tmp/crmutils-test.XXXXXX");

	ck_assert_ptr_nonnull(mkdtemp(path));
	return path;
}

static inline char *folder_file(const char *folder, const char *name)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s/%s", folder, name);
	return b.p;
}

static inline void folder_remove(char *path)
{
	struct buf b = { 0 };

	buf_addf(&b, "rm -rf '%s'", path);
	ck_assert_int_eq(system(b.p), 0);
	buf_release(&b);
	free(path);
}

static inline void file_write(const char *path, struct text t)
{
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(t.p ? t.p : "", 1, t.n, f), t.n);
	ck_assert_int_eq(fclose(f), 0);
}

/* The whole file; NULL p when there is none. */
static inline struct buf file_read(const char *path)
{
	struct buf b = { 0 };
	FILE *f = fopen(path, "rb");

	if (!f)
		return b;
	b.n = fread(buf_room(&b, 1 << 20), 1, 1 << 20, f);
	buf_add(&b, "", 0);
	fclose(f);
	return b;
}

#endif
