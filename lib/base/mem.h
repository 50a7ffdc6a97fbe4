/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that never comes back empty-handed: when there is none left the
 * program says so from a fixed buffer and ends with status 1, so no caller
 * carries that branch.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#define NELEMS(a) (sizeof(a) / sizeof((a)[0]))

/* Every allocator below takes a count and a size and refuses a product that
 * overflows; a count of 0 gives a pointer that may be freed. */
void *mem_alloc(size_t n, size_t size);
void *mem_zalloc(size_t n, size_t size);
void *mem_resize(void *p, size_t n, size_t size);
/* Zeroed, and in cache lines of its own (by pairs, as processors fetch them):
 * for what one thread writes all the time while others read what lies beside
 * it. Freed by free(). */
#define MEM_APART 128
void *mem_apart(size_t n, size_t size);
char *mem_strdup(const char *s);
/* Returns p, what a library allocated by itself; ends the program when that
 * is NULL. */
void *mem_need(void *p);

/*
 * Makes room for one more element in an array that grows by half: returns the
 * (moved) array and brings *cap up to date. `used` elements stay as they are.
 */
void *mem_grow(void *p, size_t used, size_t *cap, size_t size);

/*
 * Big tables, by the page: grows p (NULL: none yet) from `old` to `bytes`,
 * the new bytes zero, and may move it. Pages never touched take no memory,
 * and the system is asked for huge ones.
 */
void *mem_pages(void *p, size_t old, size_t bytes);
void mem_pages_free(void *p, size_t bytes);
/* mem_grow() by the page, for arrays of a great many elements: what was not
 * used yet takes no memory. Freed by mem_pages_free(p, cap * size). */
void *mem_grow_pages(void *p, size_t used, size_t *cap, size_t size);

/*
 * An arena owns what must outlive a row. Nothing in it is freed singly;
 * arena_release() frees it all. Zero bytes are a valid empty arena.
 */
struct arena {
	struct arena_block *last;
	size_t left;		/* bytes free in the last block */
};

void *arena_alloc(struct arena *, size_t n);	/* aligned to 8 */
char *arena_copy(struct arena *, const char *p, size_t n); /* not terminated */
char *arena_strdup(struct arena *, const char *p, size_t n); /* terminated */
void arena_release(struct arena *);

#endif
