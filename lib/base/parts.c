/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in parts, on several processors. */
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/parts.h"

struct start {
	void (*work)(void *ctx, unsigned part);
	void *ctx;
	unsigned part;
	pthread_t thread;
	bool runs;
};

static void *begin(void *p)
{
	struct start *s = p;

	s->work(s->ctx, s->part);
	return NULL;
}

void parts_run(unsigned n, void (*work)(void *ctx, unsigned part), void *ctx)
{
	struct start *s = mem_zalloc(n, sizeof(*s));

	for (unsigned i = 0; i < n; i++) {
		s[i] = (struct start){ .work = work, .ctx = ctx, .part = i };
		if (i > 0)
			s[i].runs = pthread_create(&s[i].thread, NULL, begin,
						   &s[i]) == 0;
	}
	for (unsigned i = 0; i < n; i++)
		if (!s[i].runs)
			work(ctx, i);
	for (unsigned i = 0; i < n; i++)
		if (s[i].runs)
			pthread_join(s[i].thread, NULL);
	free(s);
}
