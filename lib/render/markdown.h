/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as Markdown (CommonMark with tables); pictures are text charts in
 * code blocks. */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "render/report.h"

void markdown_write(struct buf *, const struct report *);

#endif
