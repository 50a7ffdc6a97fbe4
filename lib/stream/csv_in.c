/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quoted fields, by libcsv where it is not plain. */
#include <csv.h>
#include <string.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/msg.h"
#include "stream/csv_in.h"

/* libcsv's own buffer grows by so much at a time. */
#define PARSER_BLOCK 65536

struct csvin {
	struct csv_parser parser;
	unsigned char delimiter;
	struct buf values;	/* of the record, with room for each once */
	struct arena more;	/* those that are asked for again */
	struct text value;	/* what libcsv handed over last */
	size_t handed;		/* how many fields it handed over */
};

/* libcsv would drop blanks around unquoted fields: nothing is one. */
static int never(unsigned char c)
{
	(void)c;
	return 0;
}

static void begin(struct csvin *c)
{
	if (csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		bug("libcsv cannot be set up");
	csv_set_delim(&c->parser, c->delimiter);
	csv_set_space_func(&c->parser, never);
	csv_set_blk_size(&c->parser, PARSER_BLOCK);
}

struct csvin *csvin_new(char delimiter)
{
	struct csvin *c = mem_zalloc(1, sizeof(*c));

	c->delimiter = (unsigned char)delimiter;
	begin(c);
	return c;
}

void csvin_free(struct csvin *c)
{
	if (!c)
		return;
	csv_free(&c->parser);
	buf_release(&c->values);
	arena_release(&c->more);
	free(c);
}

void csvin_begin(struct csvin *c, size_t bytes)
{
	buf_clear(&c->values);
	buf_room(&c->values, bytes);
	arena_release(&c->more);
}

/* Values that were handed out must not move. */
static void take(void *field, size_t n, void *ctx)
{
	struct csvin *c = ctx;

	c->value.n = n;
	c->handed++;
	if (c->values.cap - c->values.n <= n) {
		c->value.p = arena_copy(&c->more, field, n);
		return;
	}
	buf_add(&c->values, field, n);
	c->value.p = c->values.p + c->values.n - n;
}

static bool judge(struct csvin *c, struct text raw, struct text *value)
{
	struct csv_parser *p = &c->parser;
	bool good;

	c->handed = 0;
	good = csv_parse(p, raw.p, raw.n, take, NULL, c) == raw.n &&
	       csv_fini(p, take, NULL, c) == 0 && c->handed == 1;
	if (!good) {
		if (csv_error(p) == CSV_ENOMEM)
			mem_need(NULL);
		/* libcsv stops for good at an error: begin anew. */
		csv_free(p);
		begin(c);
	}
	*value = c->value;
	return good;
}

bool csvin_value(struct csvin *c, struct text raw, struct text *value)
{
	if (raw.n == 0 || raw.p[0] != '"') {
		*value = raw;
		return true;
	}
	if (raw.n >= 2 &&
	    memchr(raw.p + 1, '"', raw.n - 1) == raw.p + raw.n - 1) {
		*value = (struct text){ raw.p + 1, raw.n - 2 };
		return true;
	}
	return judge(c, raw, value);
}
