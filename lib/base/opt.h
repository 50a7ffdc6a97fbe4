/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options. A program (or a verb of one) declares them once, in a table; the
 * parsing, the conversions, -h, the completions and the test against the man
 * page all read that table.
 */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum opt_kind {
	OPT_END,
	OPT_FLAG,	/* bool: true when given */
	OPT_TEXT,	/* const char * */
	OPT_LIST,	/* struct opt_list: each time given adds one */
	OPT_INT,	/* int64_t, within min..max when max > min */
	OPT_REAL,	/* double */
	OPT_DAY,	/* int32_t, a day number */
	OPT_CHOICE,	/* int: index into the words of `arg`, "a|b|c" */
	OPT_CALL,	/* void (*)(const char *value): -h, -V and the like */
	OPT_INCLUDE	/* another table, struct opt *, such as the common one */
};

struct opt {
	enum opt_kind kind;
	char letter;		/* 0: long name only */
	const char *name;
	const char *arg;	/* what the value is called; NULL for a flag */
	const char *help;	/* one line */
	void *to;
	int64_t min, max;	/* OPT_INT */
	bool common;		/* left out of -h, told in crmutils(1) */
};

struct opt_list {
	const char **item;
	size_t n, cap;
};

/* What -h, -V, completions and the man page check need to know. */
struct program {
	const char *name;	/* "crm-tier", or "crm-clv fit" for a verb */
	const char *synopsis;	/* "[OPTION...] [FILE...]" */
	const char *about;	/* what comes in, what goes out: a few lines */
	const char *example;	/* ends -h; a command line that works */
	const struct opt *opts;
};

/*
 * Parses argv, storing through the table. Options may stand after operands.
 * Returns the operands (argv from the first operand on, NULL-terminated,
 * *count of them). -h and -V print and exit 0; what is wrong exits 2.
 */
char **opt_parse(const struct program *, int argc, char **argv, size_t *count);

/*
 * A program of verbs: runs the verb that argv[1] names (argv[0] of the verb's
 * main is the verb). An empty name is the verb taken when argv[1] is none.
 * -h and -V of the program itself are answered here. Verbs that do not fit a
 * screen in one column are shown in two: their names then have at most 9
 * bytes, and their help 26.
 */
struct verb {
	const char *name;
	const char *help;
	int (*main)(int argc, char **argv);
};

int opt_verbs(const struct program *, const struct verb *, int argc,
	      char **argv);

/* Whether an option was given whose variable begins NULL, false, 0 or not a
 * number. Not for days and calls, which have no such beginning. */
bool opt_is_set(const struct opt *);

/* "a|b|c" as OPT_CHOICE has it: the word's index, or -1. */
int opt_choice(const char *words, struct text word);

#endif
