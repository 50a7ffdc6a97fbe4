/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data made safe for the languages that reports are written in. */
#ifndef RENDER_MARKUP_H
#define RENDER_MARKUP_H

#include "base/text.h"

/* For HTML and SVG, in text and in quoted attributes: & < > " ' become
 * references, control bytes and bidi overrides are shown (utf8_show). */
void markup_html(struct buf *, const char *);
/* For Markdown outside code: what could start markup gets a backslash. */
void markup_markdown(struct buf *, const char *);
/* A JSON string with its quotes. */
void markup_json(struct buf *, const char *);

#endif
