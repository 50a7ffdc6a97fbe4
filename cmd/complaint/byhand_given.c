/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was given for an event by hand: options, --set, texts from files. */
#include <unistd.h>

#include "base/msg.h"
#include "base/share.h"
#include "base/utf8.h"
#include "canon/personal.h"

#include "cmd/complaint/byhand_in.h"

size_t byhand_column(const struct byhand *b, struct text name)
{
	size_t i = 0;

	while (i < b->schema->n && !text_is(name, b->schema->column[i].name))
		i++;
	return i;
}

const char **byhand_slot(struct byhand *b, const char *column)
{
	size_t i = byhand_column(b, text_of(column));

	if (i == b->schema->n)
		bug("no column %s in the stream", column);
	return &b->value[i];
}

/* ---- what was given ---- */

struct text byhand_set(const char *set, const char **value)
{
	const char *equals = strchr(set, '=');

	if (!equals || equals == set)
		die_usage("--set: \"%s\" is not COLUMN=VALUE", set);
	*value = equals + 1;
	return (struct text){ set, (size_t)(equals - set) };
}

static void take_sets(struct byhand *b)
{
	for (size_t k = 0; k < b->sets.n; k++) {
		const char *value, *why;
		struct text name = byhand_set(b->sets.item[k], &value);
		size_t i = byhand_column(b, name);

		why = entry_unfit(name);
		if (why)
			die("--set: the column \"%.*s\" %s", (int)name.n,
			    name.p, why);
		if (i == b->schema->n)
			continue;
		if (b->value[i])
			die_usage("%.*s is given twice", (int)name.n, name.p);
		b->value[i] = value;
	}
}

static void read_text(struct byhand *b, size_t i, const char *path)
{
	struct buf *to = &b->text[i];

	share_read_file(path, 1, to);
	while (to->n && (to->p[to->n - 1] == '\n' || to->p[to->n - 1] == '\r'))
		to->n--;
	buf_add(to, "", 0);
	if (memchr(to->p, '\0', to->n))
		die("%s: a NUL byte is no text", b->schema->column[i].name);
	b->value[i] = to->p;
}

/* What is written in words may come from a file. */
static void read_texts(struct byhand *b)
{
	bool used = false;

	for (size_t i = 0; i < b->schema->n; i++) {
		const char *value = b->value[i];

		if (!value ||
		    !entry_is_written(text_of(b->schema->column[i].name)))
			continue;
		if (value[0] == '@')
			read_text(b, i, value + 1);
		if (strcmp(value, "-") != 0)
			continue;
		if (used)
			die_usage("standard input is one text, not two");
		if (isatty(STDIN_FILENO))
			die_usage("%s: standard input is a terminal",
				  b->schema->column[i].name);
		used = true;
		read_text(b, i, "/dev/stdin");
	}
}

/* A number of a document may look like a telephone's. */
static void check_text(struct text name, const char *value)
{
	struct text t = text_of(value);

	if (utf8_bad(t.p, t.n) < t.n)
		die("%.*s: not UTF-8", (int)name.n, name.p);
	if (!text_is(name, "txn_id") && !text_is(name, "amount") &&
	    personal_find(t, 0).kind != PERSONAL_NONE)
		die("%.*s: a phone or identity number stands in it; the log "
		    "knows people by customer_id only, leave it out",
		    (int)name.n, name.p);
}

static void check_texts(const struct byhand *b)
{
	for (size_t i = 0; i < b->schema->n; i++)
		if (b->value[i])
			check_text(text_of(b->schema->column[i].name),
				   b->value[i]);
	for (size_t k = 0; k < b->sets.n; k++) {
		const char *value;
		struct text name = byhand_set(b->sets.item[k], &value);

		check_text(name, value);
	}
}

void byhand_take(struct byhand *b)
{
	take_sets(b);
	read_texts(b);
	check_texts(b);
}
