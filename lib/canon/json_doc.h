/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small JSON documents (workflows, calendars): a file read whole, objects
 * taken apart by key and lists by element, with the readers of the streams.
 * Everything here that is wrong in a file ends the program with a message
 * that names the file and the place in it.
 */
#ifndef CANON_JSON_DOC_H
#define CANON_JSON_DOC_H

#include "base/text.h"
#include "stream/json_in.h"

struct json_doc {
	const char *name;	/* for messages; the file or the shipped name */
	struct buf bytes;
	/* What is being read, as json_doc_line() said: its line is only looked
	 * for when there is something to tell. */
	const char *member;
	size_t element;
	unsigned long line;	/* known already, or 0 */
	/* NULL: a fault ends the program. Else it is told here, and reading
	 * goes on with what is left: the functions below then give absent
	 * values and empty lists. `rule` is a stable code. */
	void (*tell)(void *ctx, unsigned long line, const char *rule,
		     const char *place, const char *why);
	void *ctx;
};

/*
 * `name` is a shipped document ("seven-step", for seven-step.json beside the
 * programs) or, when it ends in ".json" or holds a slash, a file. `kind` is
 * what to call it in messages ("workflow").
 */
void json_doc_read(struct json_doc *, const char *name, const char *kind);
/* The same from bytes that are at hand, copied. */
void json_doc_take(struct json_doc *, struct text bytes, const char *name);
void json_doc_release(struct json_doc *);
/* Whether a document of this name is shipped. */
bool json_doc_shipped(struct text name);

/*
 * The wanted values of one object, in the order of `keys`; absent ones have
 * the kind JSON_ABSENT. A key that is not wanted is refused, so that a typing
 * mistake does not pass in silence. `place` says where in the document the
 * object stands. The texts live in `hold`, which the caller frees.
 */
struct json_key {
	const char *name;
	enum json_kind kind;	/* JSON_ABSENT: any */
	bool required;
};

void json_doc_object(const struct json_doc *, struct text object,
		     const char *place, const struct json_key *keys, size_t n,
		     struct json_value *values, struct jsonin **hold);

/* The same for an object of any keys; the caller frees what is returned. */
struct jsonin *json_doc_any(const struct json_doc *, struct text object,
			    const char *place,
			    const struct json_value **values);
/* From here on messages name the line on which element i (from 0) of the
 * document's member `key` begins, that member itself (SIZE_MAX), or no line
 * (key NULL). The key is borrowed. */
void json_doc_line(struct json_doc *, const char *key, size_t i);

/*
 * The elements of a list, as they stand (a string has its quotes), at most
 * JSON_DOC_LIST of them; slices of `list`.
 */
#define JSON_DOC_LIST 10000

struct json_list {
	struct text *item;
	size_t n;
};

void json_doc_list(const struct json_doc *, struct text list,
		   const char *place, struct json_list *);
void json_list_release(struct json_list *);

/* A string element without its quotes; refused when it is none, or escaped. */
struct text json_doc_plain(const struct json_doc *, struct text item,
			   const char *place);

/* Tells of a fault, or dies of it. */
void json_doc_fault(const struct json_doc *, const char *rule,
		    const char *place, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
/* For what is read with `tell` NULL only. */
_Noreturn void json_doc_refuse(const struct json_doc *, const char *place,
			       const char *why);

#endif
