/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A part of a workbook, XML in its zip archive, parsed as it streams. */
#ifndef STREAM_XLSX_PART_H
#define STREAM_XLSX_PART_H

#include "stream/xml.h"
#include "stream/zip_part.h"

#define XLSX_STEP 65536	/* bytes of XML at a time */

struct xlsx_part {
	struct zip_part *zip;
	struct xml *xml;
	struct buf *why;
	bool ended;		/* all bytes were parsed */
};

/* Takes the zip part over (NULL: nothing to parse, a fault already told). */
void xlsx_part_open(struct xlsx_part *, struct zip_part *,
		    const struct xml_handlers *, void *ctx, struct buf *why);
void xlsx_part_close(struct xlsx_part *);
/* Parses the next stretch of at most XLSX_STEP bytes, or what was paused.
 * False: see why. */
bool xlsx_part_step(struct xlsx_part *);
/* Reads to the end without parsing, so that lengths and the CRC are checked. */
bool xlsx_part_drain(struct xlsx_part *);
/* All of a part in one go; false: see why. */
bool xlsx_part_parse(struct zip_part *, const struct xml_handlers *, void *ctx,
		     struct buf *why);

#endif
