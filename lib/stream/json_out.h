/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON text out. */
#ifndef STREAM_JSON_OUT_H
#define STREAM_JSON_OUT_H

#include "base/text.h"

/* Appends a string literal, quotes included. The bytes are UTF-8. */
void jsonout_string(struct buf *, struct text);
/* Appends a number; null when it is none, or not finite. */
void jsonout_number(struct buf *, double);

#endif
