/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as plain text: a letter, a terminal, a mail. Tables are aligned
 * by display width, paragraphs broken at 76 columns. */
#ifndef RENDER_PLAIN_H
#define RENDER_PLAIN_H

#include "render/report.h"

void plain_write(struct buf *, const struct report *);

#endif
