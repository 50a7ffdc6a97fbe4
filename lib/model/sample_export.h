/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The files that a dealership's departments export, and the truth about them.
 * Everything is UTF-8 here; `encoding` says what the file is to be.
 */
#ifndef MODEL_SAMPLE_EXPORT_H
#define MODEL_SAMPLE_EXPORT_H

#include "model/sample_world.h"

enum sample_encoding {
	SAMPLE_UTF8,
	SAMPLE_UTF8_BOM,
	SAMPLE_GB18030,
	SAMPLE_UTF16,	 /* UTF-16LE behind a byte-order mark */
	SAMPLE_HTML,	 /* a page with one table, in GB18030 */
	SAMPLE_WORKBOOK	 /* cells as sample_sheet.h says */
};

struct sample_file {
	const char *name;
	enum sample_encoding encoding;
	const char *what; /* for a dry run: what one row is */
};

extern const struct sample_file sample_file[];
extern const size_t sample_files;

/*
 * Writes file number i to `out`, a line of truth for each of its lines to
 * `rows` (sample_rows_header), its counts and sums to `sums`
 * (sample_sums_header) and, unless it is NULL, whose each document is to
 * `entities` (sample_entities_header). Appends; the same world gives the same
 * bytes. What is to be a page or a workbook comes as a workbook's cells.
 */
void sample_export(const struct sample_world *, size_t i, struct buf *out,
		   struct buf *rows, struct buf *sums, struct buf *entities);

extern const char sample_rows_header[];
extern const char sample_sums_header[];
extern const char sample_entities_header[];

/* What else is true, each as a file of its own: who the customers are, the
 * cars, every deal, every complaint event, the parameters as JSON. */
struct sample_truth_file {
	const char *name;
	void (*write)(const struct sample_world *, struct buf *);
};

extern const struct sample_truth_file sample_truth_file[];
extern const size_t sample_truth_files;

/* Numbers of documents, the same in exports and truth. */
#define SAMPLE_DOCUMENT 24

void sample_deal_no(const struct sample_world *, size_t i,
		    char to[SAMPLE_DOCUMENT]);
void sample_visit_no(const struct sample_world *, size_t i,
		     char to[SAMPLE_DOCUMENT]);
void sample_slip_no(const struct sample_world *, size_t i,
		    char to[SAMPLE_DOCUMENT]);
void sample_case_no(const struct sample_world *, size_t i,
		    char to[SAMPLE_DOCUMENT]);

#endif
