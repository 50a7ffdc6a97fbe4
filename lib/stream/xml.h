/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XML as it streams, by expat, with what a document of our kinds may not
 * have held off: a document type (so no entities but XML's own five), elements
 * deeper than XML_DEPTH, a tag longer than XML_TAG bytes, and more than
 * XML_MEMORY bytes taken by all parsers together (many different names).
 *
 * Names come without their prefix: the kinds of document that are read here
 * use no two namespaces with the same names where it matters, and files name
 * them by two families of addresses (ISO 29500 strict and transitional).
 */
#ifndef STREAM_XML_H
#define STREAM_XML_H

#include "base/text.h"

#define XML_DEPTH 256
#define XML_TAG (1u << 20)
#define XML_MEMORY (64u << 20)

struct xml_handlers {
	/* attributes: name, value, name, value, NULL; names with prefix */
	void (*start)(void *ctx, const char *name, const char **attributes);
	void (*end)(void *ctx, const char *name);
	void (*text)(void *ctx, const char *p, int n);
};

/* The version of the parser. */
const char *xml_library(void);

struct xml;

/* What is wrong goes to `why`, when nothing stands there yet. encoding: of
 * the bytes, whatever the document says; NULL: as it says. */
struct xml *xml_new(const struct xml_handlers *, void *ctx, struct buf *why,
		    const char *encoding);
void xml_free(struct xml *);

/* Room for the next n bytes; xml_parse() then takes them. */
char *xml_room(struct xml *, size_t n);
/* False: not gone on with (see why). A handler may have paused it. */
bool xml_parse(struct xml *, size_t n, bool last);

/* For handlers: the parser hands out nothing more until xml_resume(), which is
 * as xml_parse() with the bytes already there; or never again, with a fault. */
void xml_pause(struct xml *);
bool xml_is_paused(const struct xml *);
bool xml_resume(struct xml *);
void xml_stop(struct xml *);

/* Value of the attribute called so, any prefix left aside; NULL: none. */
const char *xml_attribute(const char **attributes, const char *name);
/* "true", "1" and "on". */
bool xml_is_true(const char *value);

#endif
