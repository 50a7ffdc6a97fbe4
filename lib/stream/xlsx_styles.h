/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each style of a workbook shows a number (styles.xml). */
#ifndef STREAM_XLSX_STYLES_H
#define STREAM_XLSX_STYLES_H

#include "stream/xlsx_value.h"
#include "stream/zip_part.h"

#define XLSX_STYLES 1048576	/* in one workbook, at most; Excel has 65,490 */

struct xlsx_styles {
	uint8_t *shown;		/* enum xlsx_shown, one a style */
	size_t n;
};

/* Reads the part; false: see why. All zero before. */
bool xlsx_styles_read(struct xlsx_styles *, struct zip_part *,
		      struct buf *why);
void xlsx_styles_release(struct xlsx_styles *);

#endif
