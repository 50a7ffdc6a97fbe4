/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages and the end of a program. */
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/share.h"
#include "base/text.h"
#include "base/utf8.h"

/* A program that computes nothing with GSL need not load it: a third of the
 * time that such a program takes to start. */
#pragma weak gsl_set_error_handler_off

/* One process speaks with one voice: the only state of this module. */
static struct {
	const char *program;
	const char *lang;
	bool quiet;
	bool catalogue;
} msg = { "crmutils", NULL, false, false };

void msg_init(const char *program)
{
	msg.program = program;
	/* The default handler aborts; every status is looked at instead. */
	if (gsl_set_error_handler_off)
		gsl_set_error_handler_off();
	/* A file grown too large is an error like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
}

const char *msg_program(void)
{
	return msg.program;
}

void msg_set_lang(const char *lang)
{
	msg.lang = lang;
}

const char *msg_lang(void)
{
	const char *set = msg.lang ? msg.lang : getenv("CRM_LANG");

	return set && strcmp(set, "zh") == 0 ? "zh" : "en";
}

/* LC_MESSAGES alone leaves LC_NUMERIC and LC_CTYPE at C, so no locale can
 * change a byte of data; LANGUAGE picks the catalogue. */
static void open_catalogue(void)
{
	char *folder = share_root("locale");

	setlocale(LC_MESSAGES, "C.UTF-8");
	setenv("LANGUAGE", "zh", 1);
	bindtextdomain("crmutils", folder);
	bind_textdomain_codeset("crmutils", "UTF-8");
	free(folder);
	msg.catalogue = true;
}

const char *tr(const char *english)
{
	if (!*english || strcmp(msg_lang(), "zh") != 0)
		return english;
	if (!msg.catalogue)
		open_catalogue();
	return dgettext("crmutils", english);
}

/* A context and its word are one key, with this byte between them. NULL: the
 * catalogue has none such. */
#define CONTEXT_END '\4'

static const char *tr_in(const char *context, const char *english)
{
	struct buf key = { 0 };
	const char *found;

	buf_addf(&key, "%s%c%s", context, CONTEXT_END, english);
	found = tr(key.p);
	if (found == key.p)
		found = NULL;
	buf_release(&key);
	return found;
}

const char *tr_column(const char *name)
{
	const char *found = tr_in(msg.program, name);

	if (!found)
		found = tr_in("column", name);
	return found ? found : tr(name);
}

void msg_quiet(bool quiet)
{
	msg.quiet = quiet;
}

/* More columns than any message has: it is shown whole. */
#define NO_LIMIT ((size_t)1 << 30)

/* What file names and options have of control bytes is made visible. */
static struct buf line_of(const char *fmt, va_list args, const char *tail)
{
	struct buf said = { 0 }, line = { 0 };

	buf_addf(&said, "%s: ", msg.program);
	buf_vaddf(&said, fmt, args);
	if (tail)
		buf_addf(&said, ": %s", tail);
	utf8_show(&line, buf_text(&said), NO_LIMIT);
	buf_addc(&line, '\n');
	buf_release(&said);
	return line;
}

/* One line in one write, so that lines of several programs do not mix. */
static void say(const char *fmt, va_list args, const char *tail)
{
	struct buf line = line_of(fmt, args, tail);

	fwrite(line.p, 1, line.n, stderr);
	buf_release(&line);
}

static _Noreturn void say_and_end(int status, const char *fmt, va_list args,
				  const char *tail)
{
	struct buf line = line_of(fmt, args, tail);

	msg_end(status, line.p, line.n);
}

void msg_end(int status, const char *line, size_t n)
{
	static _Atomic pid_t ending;
	pid_t me = gettid(), nobody = 0;
	bool first = atomic_compare_exchange_strong(&ending, &nobody, me);

	while (!first && nobody != me)
		pause();
	if (n && write(STDERR_FILENO, line, n) < 0)
		_exit(status);
	if (!first)
		_exit(status);
	exit(status);
}

void warn(const char *fmt, ...)
{
	va_list args;

	if (msg.quiet)
		return;
	va_start(args, fmt);
	say(fmt, args, NULL);
	va_end(args);
}

void warn_errno(const char *fmt, ...)
{
	const char *why = strerror(errno);
	va_list args;

	if (msg.quiet)
		return;
	va_start(args, fmt);
	say(fmt, args, why);
	va_end(args);
}

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_and_end(EXIT_BAD, fmt, args, NULL);
}

void die_errno(const char *fmt, ...)
{
	const char *why = strerror(errno);
	va_list args;

	va_start(args, fmt);
	say_and_end(EXIT_BAD, fmt, args, why);
}

void die_usage(const char *fmt, ...)
{
	struct buf longer = { 0 };
	va_list args;

	buf_addf(&longer, "%s (see %s -h)", fmt, msg.program);
	va_start(args, fmt);
	say_and_end(EXIT_USAGE, longer.p, args, NULL);
}

void bug(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args, "this is a mistake in the program, please report it");
	va_end(args);
	abort();
}
