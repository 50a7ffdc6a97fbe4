/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expat, held in bounds. */
#include <expat.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "stream/xml.h"

struct xml {
	XML_Parser parser;
	const struct xml_handlers *handlers;
	void *ctx;
	struct buf *why;
	unsigned depth;
	uint64_t fed;
	bool paused, stopped;
};

/* ---- memory that is counted ---- */

/* The length stands before each piece; 16 bytes keep it aligned. */
#define HEAD 16

static atomic_size_t taken;

static void *counted(void *old, size_t n)
{
	char *p = old ? (char *)old - HEAD : NULL;
	size_t before = 0;

	if (n > XML_MEMORY)
		return NULL;
	if (p)
		memcpy(&before, p, sizeof(before));
	if (atomic_fetch_add(&taken, n) + n > XML_MEMORY) {
		atomic_fetch_sub(&taken, n);
		return NULL;
	}
	p = mem_resize(p, n + HEAD, 1);
	memcpy(p, &n, sizeof(n));
	atomic_fetch_sub(&taken, before);
	return p + HEAD;
}

static void *take(size_t n)
{
	return counted(NULL, n);
}

static void give_back(void *old)
{
	size_t n;

	if (!old)
		return;
	memcpy(&n, (char *)old - HEAD, sizeof(n));
	atomic_fetch_sub(&taken, n);
	free((char *)old - HEAD);
}

static const XML_Memory_Handling_Suite memory = { take, counted, give_back };

/* ---- handlers ---- */

static const char *local(const char *name)
{
	/* Most are c, v, r, s and t. */
	const char *colon = name[0] && name[1] ? strchr(name, ':') : NULL;

	return colon ? colon + 1 : name;
}

static void refuse(struct xml *x, const char *what)
{
	if (x->why->n == 0)
		buf_adds(x->why, what);
	xml_stop(x);
}

static void XMLCALL on_start(void *ctx, const char *name, const char **atts)
{
	struct xml *x = ctx;

	if (x->stopped)
		return;
	if (++x->depth > XML_DEPTH) {
		refuse(x, "elements more than 256 deep");
		return;
	}
	x->handlers->start(x->ctx, local(name), atts);
}

static void XMLCALL on_end(void *ctx, const char *name)
{
	struct xml *x = ctx;

	if (x->stopped)
		return;
	x->depth--;
	x->handlers->end(x->ctx, local(name));
}

static void XMLCALL on_text(void *ctx, const char *p, int n)
{
	struct xml *x = ctx;

	if (!x->stopped)
		x->handlers->text(x->ctx, p, n);
}

static void XMLCALL on_doctype(void *ctx, const char *name, const char *sysid,
			       const char *pubid, int subset)
{
	(void)name, (void)sysid, (void)pubid, (void)subset;
	refuse(ctx, "a document type declaration, which a workbook has no use "
		    "for");
}

const char *xml_library(void)
{
	return XML_ExpatVersion();
}

struct xml *xml_new(const struct xml_handlers *handlers, void *ctx,
		    struct buf *why, const char *encoding)
{
	struct xml *x = mem_zalloc(1, sizeof(*x));

	x->handlers = handlers;
	x->ctx = ctx;
	x->why = why;
	x->parser = XML_ParserCreate_MM(encoding, &memory, NULL);
	if (!x->parser) {
		refuse(x, "too many documents are open at once");
		return x;
	}
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return x;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	if (x->parser)
		XML_ParserFree(x->parser);
	free(x);
}

/* ---- parsing ---- */

char *xml_room(struct xml *x, size_t n)
{
	char *room = x->stopped ? NULL : XML_GetBuffer(x->parser, (int)n);

	if (!room)
		refuse(x, "the document takes too much memory");
	return room;
}

static void say_error(struct xml *x)
{
	enum XML_Error error = XML_GetErrorCode(x->parser);

	if (x->why->n)
		return;
	if (error == XML_ERROR_NO_MEMORY)
		buf_adds(x->why, "the document takes too much memory");
	else
		buf_addf(x->why, "not well-formed XML at byte %lld (%s)",
			 (long long)XML_GetCurrentByteIndex(x->parser),
			 XML_ErrorString(error));
}

static bool settle(struct xml *x, enum XML_Status status)
{
	long long at;

	if (x->stopped)
		return false;
	if (status == XML_STATUS_ERROR) {
		say_error(x);
		x->stopped = true;
		return false;
	}
	x->paused = status == XML_STATUS_SUSPENDED;
	at = (long long)XML_GetCurrentByteIndex(x->parser);
	/* -1: the first tag is not there yet. */
	if (!x->paused && x->fed - (uint64_t)(at > 0 ? at : 0) > XML_TAG) {
		refuse(x, "a tag of more than 1 MiB");
		return false;
	}
	return true;
}

bool xml_parse(struct xml *x, size_t n, bool last)
{
	if (x->stopped)
		return false;
	x->fed += n;
	return settle(x, XML_ParseBuffer(x->parser, (int)n, last));
}

void xml_pause(struct xml *x)
{
	if (!x->stopped)
		XML_StopParser(x->parser, XML_TRUE);
}

bool xml_is_paused(const struct xml *x)
{
	return x->paused;
}

bool xml_resume(struct xml *x)
{
	return settle(x, XML_ResumeParser(x->parser));
}

void xml_stop(struct xml *x)
{
	if (x->parser && !x->stopped)
		XML_StopParser(x->parser, XML_FALSE);
	x->stopped = true;
}

/* ---- attributes ---- */

const char *xml_attribute(const char **attributes, const char *name)
{
	for (const char **a = attributes; *a; a += 2)
		if (strcmp(local(*a), name) == 0)
			return a[1];
	return NULL;
}

bool xml_is_true(const char *value)
{
	return value && (strcmp(value, "1") == 0 ||
			 strcmp(value, "true") == 0 ||
			 strcmp(value, "on") == 0);
}
