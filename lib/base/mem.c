/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allocation that ends the program when there is no memory left. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "base/msg.h"

#define ARENA_BLOCK 65536
#define HUGE_FROM (1u << 20)
#define HUGE_PAGE (2u << 20)

/* No allocation and no stdio on this path: there is nothing left to give. */
static _Noreturn void out_of_memory(void)
{
	static const char tail[] = ": out of memory\n";
	const char *name = msg_program();
	char line[96];
	size_t n = strlen(name);

	if (n > sizeof(line) - sizeof(tail))
		n = sizeof(line) - sizeof(tail);
	memcpy(line, name, n);
	memcpy(line + n, tail, sizeof(tail) - 1);
	msg_end(EXIT_BAD, line, n + sizeof(tail) - 1);
}

static size_t product(size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX)
		out_of_memory();
	return bytes ? bytes : 1;
}

void *mem_alloc(size_t n, size_t size)
{
	void *p = malloc(product(n, size));

	if (!p)
		out_of_memory();
	return p;
}

void *mem_zalloc(size_t n, size_t size)
{
	void *p = calloc(1, product(n, size));

	if (!p)
		out_of_memory();
	return p;
}

void *mem_resize(void *old, size_t n, size_t size)
{
	void *p = realloc(old, product(n, size));

	if (!p)
		out_of_memory();
	return p;
}

void *mem_apart(size_t n, size_t size)
{
	size_t bytes = product(n, size);

	if (__builtin_add_overflow(bytes, MEM_APART - 1, &bytes))
		out_of_memory();
	bytes -= bytes % MEM_APART;
	return memset(mem_need(aligned_alloc(MEM_APART, bytes)), 0, bytes);
}

char *mem_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_alloc(n, 1), s, n);
}

void *mem_need(void *p)
{
	if (!p)
		out_of_memory();
	return p;
}

void *mem_grow(void *p, size_t used, size_t *cap, size_t size)
{
	if (used < *cap)
		return p;
	*cap = *cap + *cap / 2 + 16;
	return mem_resize(p, *cap, size);
}

/* Whole huge pages: the system lays such a mapping where they fit, and can
 * move it as it is. */
static size_t whole_pages(size_t bytes)
{
	if (bytes < HUGE_FROM || bytes > PTRDIFF_MAX)
		return bytes;
	return (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

static void *map_pages(size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		out_of_memory();
	if (bytes >= HUGE_FROM)
		madvise(p, bytes, MADV_HUGEPAGE);
	return p;
}

void *mem_pages(void *p, size_t old, size_t bytes)
{
	size_t n = whole_pages(bytes);
	void *now;

	if (!p)
		return map_pages(n);
	/* Small pages would stay what they are: their bytes move, once. */
	if (old < HUGE_FROM && bytes >= HUGE_FROM) {
		now = memcpy(map_pages(n), p, old);
		munmap(p, old);
		return now;
	}
	now = mremap(p, whole_pages(old), n, MREMAP_MAYMOVE);
	if (now == MAP_FAILED)
		out_of_memory();
	if (n >= HUGE_FROM)
		madvise(now, n, MADV_HUGEPAGE);
	return now;
}

void mem_pages_free(void *p, size_t bytes)
{
	if (p)
		munmap(p, whole_pages(bytes));
}

void *mem_grow_pages(void *p, size_t used, size_t *cap, size_t size)
{
	size_t now = *cap;

	if (used < now)
		return p;
	*cap = now + now / 2 + 65536;
	return mem_pages(p, now * size, product(*cap, size));
}

/* Blocks form a list from the newest to the oldest; bytes follow the head. */
struct arena_block {
	struct arena_block *older;
	size_t size;
	char *next;		/* first free byte */
};

static void arena_more(struct arena *a, size_t n)
{
	size_t size = n > ARENA_BLOCK ? n : ARENA_BLOCK;
	struct arena_block *b = mem_alloc(1, sizeof(*b) + size);

	b->older = a->last;
	b->size = size;
	b->next = (char *)(b + 1);
	a->last = b;
	a->left = size;
}

static char *arena_take(struct arena *a, size_t n)
{
	char *p;

	if (!a->last || n > a->left)
		arena_more(a, n);
	p = a->last->next;
	a->last->next += n;
	a->left -= n;
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	/* Strings leave the next byte anywhere: align it again. */
	if (a->last) {
		size_t skip = -(uintptr_t)a->last->next & 7;

		if (skip <= a->left) {
			a->last->next += skip;
			a->left -= skip;
		} else {
			a->left = 0;
		}
	}
	return arena_take(a, n);
}

char *arena_copy(struct arena *a, const char *p, size_t n)
{
	char *to = arena_take(a, n);

	if (n)
		memcpy(to, p, n);
	return to;
}

char *arena_strdup(struct arena *a, const char *p, size_t n)
{
	char *to = arena_take(a, n + 1);

	if (n)
		memcpy(to, p, n);
	to[n] = '\0';
	return to;
}

void arena_release(struct arena *a)
{
	while (a->last) {
		struct arena_block *older = a->last->older;

		free(a->last);
		a->last = older;
	}
	a->left = 0;
}
