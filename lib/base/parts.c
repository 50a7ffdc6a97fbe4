/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in parts, on several processors. */
#include <signal.h>
#include <stdatomic.h>
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

static unsigned allowed = 1;

void parts_allow(unsigned n)
{
	allowed = n;
}

unsigned parts_allowed(void)
{
	return allowed;
}

bool parts_start(pthread_t *thread, void *(*run)(void *), void *arg)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(thread, NULL, run, arg);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return !failed;
}

void parts_run(unsigned n, void (*work)(void *ctx, unsigned part), void *ctx)
{
	struct start *s = mem_zalloc(n, sizeof(*s));

	for (unsigned i = 0; i < n; i++) {
		s[i] = (struct start){ .work = work, .ctx = ctx, .part = i };
		if (i > 0)
			s[i].runs = parts_start(&s[i].thread, begin, &s[i]);
	}
	for (unsigned i = 0; i < n; i++)
		if (!s[i].runs)
			work(ctx, i);
	for (unsigned i = 0; i < n; i++)
		if (s[i].runs)
			pthread_join(s[i].thread, NULL);
	free(s);
}

struct share {
	void (*work)(void *ctx, unsigned part);
	void *ctx;
	unsigned n;
	_Atomic unsigned next;
};

static void take_parts(void *ctx, unsigned thread)
{
	struct share *s = ctx;
	unsigned part;

	(void)thread;
	while ((part = atomic_fetch_add(&s->next, 1)) < s->n)
		s->work(s->ctx, part);
}

void parts_share(unsigned n, void (*work)(void *ctx, unsigned part), void *ctx)
{
	struct share s = { .work = work, .ctx = ctx, .n = n };

	parts_run(n < allowed ? n : allowed, take_parts, &s);
}
