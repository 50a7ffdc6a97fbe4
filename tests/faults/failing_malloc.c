/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loaded before a program (LD_PRELOAD): the allocation numbered FAIL_AT, and
 * with FAIL_ON all after it, gives NULL; so do mmap() and mremap() of pages of
 * one's own. At the end the number of allocations is written to FAIL_COUNT,
 * when that is set.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_memalign(size_t alignment, size_t n);
extern void *__libc_realloc(void *p, size_t n);

static atomic_ulong calls;
static unsigned long fail_at;
static int fail_on, ready;
static const char *count_path;

/* What the loader and the library's start ask for is not counted: a program
 * has not begun then, and could not say anything. */
__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAIL_AT");

	fail_at = at ? strtoul(at, NULL, 10) : 0;
	fail_on = getenv("FAIL_ON") != NULL;
	count_path = getenv("FAIL_COUNT");
	ready = 1;
}

__attribute__((destructor)) static void end(void)
{
	char number[32];
	int fd, n;

	if (!count_path)
		return;
	n = snprintf(number, sizeof(number), "%lu\n", calls);
	fd = open(count_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, number, (size_t)n) != n)
		abort();
	close(fd);
}

static int fails(void)
{
	unsigned long call;

	if (!ready)
		return 0;
	call = atomic_fetch_add(&calls, 1) + 1;
	if (!fail_at || (fail_on ? call < fail_at : call != fail_at))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *aligned_alloc(size_t alignment, size_t n)
{
	return fails() ? NULL : __libc_memalign(alignment, n);
}

void *realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}

void *mmap(void *at, size_t n, int prot, int flags, int fd, off_t offset)
{
	static void *(*next)(void *, size_t, int, int, int, off_t);

	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "mmap");
	return fails() ? MAP_FAILED : next(at, n, prot, flags, fd, offset);
}

void *mremap(void *old, size_t old_n, size_t n, int flags, ...)
{
	static void *(*next)(void *, size_t, size_t, int, ...);

	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "mremap");
	return fails() ? MAP_FAILED : next(old, old_n, n, flags);
}
