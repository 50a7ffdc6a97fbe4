/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report as one HTML file: style and pictures inside, no script, nothing
 * fetched from anywhere; its content security policy allows just the one
 * style sheet, by its hash.
 */
#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include "render/report.h"

void html_write(struct buf *, const struct report *);

#endif
