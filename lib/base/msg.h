/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a program speaks on standard error, one line at a time, beginning with
 * its own name, and how it ends. Only cmd/ and the outer edge of stream/ end
 * a program; everything else returns what went wrong.
 */
#ifndef BASE_MSG_H
#define BASE_MSG_H

#include <stdbool.h>
#include <stddef.h>

enum exit_status {
	EXIT_DONE = 0,		/* done, rows set aside on request included */
	EXIT_BAD = 1,		/* bad data, I/O, memory: nothing new at -o */
	EXIT_USAGE = 2,
	EXIT_FOUND = 3		/* a check that was asked for found something */
};

/* First thing in main: keeps the name, and sets what every program needs
 * (locale C for numbers, GSL's error handler off, SIGPIPE as usual). */
void msg_init(const char *program);
const char *msg_program(void);
/* "zh" or "en": the language of reports and tables (--lang, CRM_LANG). */
void msg_set_lang(const char *lang);
const char *msg_lang(void);
/* Translates a word of a report or a table; never used on data or errors. */
const char *tr(const char *english) __attribute__((format_arg(1)));
/* The same for the name of a column, which may mean another thing in another
 * program, or in a report: of the catalogue's entries goes first that for this
 * program (msgctxt crm-...), then that for columns (msgctxt column). */
const char *tr_column(const char *name);

void msg_quiet(bool);		/* -q: warnings are not shown */
void warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void warn_errno(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void die_errno(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));
/*
 * Writes a line that is ready (n bytes; 0: none) on standard error and ends
 * the program; allocates nothing. The first thread to come here does so, and
 * what another one, or the way out, still has to say is cut short.
 */
_Noreturn void msg_end(int status, const char *line, size_t n);
/* Wrong usage: adds where help is to be had; status 2. */
_Noreturn void die_usage(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));
/* A mistake of our own, not of the user's. */
_Noreturn void bug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
