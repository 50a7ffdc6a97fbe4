/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A report as one JSON object: the whole tree, figures with the digits that
 * the commands print, each table, figure and card with its command and the
 * SHA-256 and row count of its inputs. Text is as it is in the data.
 */
#ifndef RENDER_JSON_H
#define RENDER_JSON_H

#include "render/report.h"

void json_write(struct buf *, const struct report *);

#endif
