/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sheet as a department exports it: rows of cells into a buffer (UTF-8;
 * whoever writes the file encodes it), and beside it a line of truth for each
 * line written. Cells are spelled as people and systems spell them, several
 * ways in one sheet; some rows are made bad on purpose.
 */
#ifndef MODEL_SAMPLE_SHEET_H
#define MODEL_SAMPLE_SHEET_H

#include "model/sample_world.h"

#define SAMPLE_COLUMNS 32

/*
 * The cells of a workbook are text unless the first byte says otherwise; they
 * are separated by SAMPLE_CELL_END, rows end with a line feed.
 */
#define SAMPLE_CELL_END	 '\x1f'
#define SAMPLE_AS_DAY	 '\x01' /* a day count, shown as a date */
#define SAMPLE_AS_NUMBER '\x02'
#define SAMPLE_AS_ABOVE	 '\x03' /* merged with the cell above */

/* What is wrong with a row, as truth/rows.csv names it. */
enum sample_fault {
	SAMPLE_FINE,
	SAMPLE_BAD_DATE,  /* a day that does not exist */
	SAMPLE_BAD_PHONE, /* 1.38E+10, as a spreadsheet leaves it */
	SAMPLE_BAD_VIN,	  /* a character wrong: the check digit fails */
	SAMPLE_RAGGED,	  /* too few or too many cells */
	SAMPLE_DUPLICATE, /* the row before, once more */
	SAMPLE_FAULTS
};

/* How a sheet mostly writes days; now and then it does otherwise. */
enum sample_dates {
	SAMPLE_CHINESE, /* 2024年3月5日 */
	SAMPLE_SLASH,	/* 2024/3/5 */
	SAMPLE_DASH,	/* 2024-03-05 */
	SAMPLE_CLOCK,	/* 2024-03-05 10:22:31 */
	SAMPLE_COMPACT	/* 20240305 */
};

struct sample_sum {
	bool money;
	int64_t sum, fine; /* fen: all rows; rows without a fault */
};

struct sample_sheet {
	/* given */
	const struct sample_world *world;
	struct buf *out;  /* the file */
	struct buf *rows; /* truth/rows.csv */
	const char *file;
	const char *const *header; /* ends with NULL */
	const char *eol;
	char delimiter;
	bool workbook;	      /* cells tell what they are, see above */
	struct buf *entities; /* truth/entities.csv, or NULL */
	enum sample_dates dates;
	unsigned faults; /* 1 << SAMPLE_BAD_DATE | ... that may occur */
	struct rng rng;
	/* kept */
	size_t columns, at;
	size_t row_start;
	uint64_t line, lines_in_row;
	enum sample_fault fault;
	bool spoiled; /* the row's fault is in it already */
	char record[32], entity[16], vin[SAMPLE_VIN];
	unsigned line_no;
	int64_t amount;
	uint64_t data, bad, twice, other;
	struct sample_sum sum[SAMPLE_COLUMNS];
	int64_t group[SAMPLE_COLUMNS];	  /* since the last subtotal */
	size_t start[SAMPLE_COLUMNS + 1]; /* of the row's cells, in out */
	int64_t row[SAMPLE_COLUMNS];	  /* the row being written */
};

/* Counts the columns and writes nothing. */
void sample_sheet_start(struct sample_sheet *);
/* A title, footer or the like: its text in the first cell, the rest empty. */
void sample_sheet_note(struct sample_sheet *, const char *what, struct text);
void sample_sheet_header(struct sample_sheet *);
/* One level of a header that has two; one cell a column. */
void sample_sheet_level(struct sample_sheet *, const char *const *names);
/* 小计 or 合计 in the second cell, sums in the columns of money. */
void sample_sheet_total(struct sample_sheet *, bool all);

/* A row of data: begin, its cells in order, end. */
void sample_sheet_begin(struct sample_sheet *, const char *record,
			unsigned line_no, uint32_t party, uint32_t car);
void sample_sheet_end(struct sample_sheet *);

void sample_cell(struct sample_sheet *, struct text);
void sample_cell_str(struct sample_sheet *, const char *);
void sample_cell_int(struct sample_sheet *, int64_t);
/* Unknown: an empty cell or one of 无 - / 暂无. */
void sample_cell_none(struct sample_sheet *);
void sample_cell_day(struct sample_sheet *, int32_t day, int32_t minute);
/* The day as a spreadsheet counts it, with a time of day behind the point. */
void sample_cell_serial(struct sample_sheet *, int32_t day, bool clock);
/* Money as a plain number. */
void sample_cell_figure(struct sample_sheet *, int64_t fen);
/* Merged with the cell above, so that nothing stands in this one. */
void sample_cell_above(struct sample_sheet *);
/* minutes since 1970-01-01: always with the time of the day */
void sample_cell_time(struct sample_sheet *, int64_t minutes);
void sample_cell_money(struct sample_sheet *, int64_t fen);
void sample_cell_name(struct sample_sheet *, uint32_t party);
void sample_cell_phone(struct sample_sheet *, uint32_t party);
void sample_cell_vin(struct sample_sheet *, uint32_t car);
void sample_cell_plate(struct sample_sheet *, uint32_t car);

/* Name of a party in truth files. */
void sample_entity(char to[16], uint32_t party);

#endif
