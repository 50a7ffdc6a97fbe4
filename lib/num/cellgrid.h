/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A quantile sketch that does not depend on order: counts in cells of a grid
 * that is fixed before any data is seen, so two sketches are joined by adding
 * their counts, and the same rows give the same sketch however they come.
 *
 * Numbers: each power of two is cut into 512 cells (exponent and first nine
 * bits of the fraction of a double), so every value is known to one part in
 * 1024 at worst (CELLGRID_ERROR): the idea of Masson, Rim, Lee, "DDSketch",
 * VLDB 12 (2019) 2195, with a grid whose cell costs no logarithm. Days are
 * cells of their own.
 *
 * Memory: 4 KiB for each power of two (or 512 days) that occurs, 16 KiB once.
 */
#ifndef NUM_CELLGRID_H
#define NUM_CELLGRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Half the width of a cell by its lower end. */
#define CELLGRID_ERROR (1.0 / 1024)

struct cellgrid;

struct cellgrid *cellgrid_new(void);
void cellgrid_free(struct cellgrid *);
/* Cells lie in -2^20 .. 3,000,000: those of numbers and of days (day.h). */
void cellgrid_add(struct cellgrid *, int32_t cell, uint64_t times);
void cellgrid_join(struct cellgrid *, const struct cellgrid *from);

/* The cell of a number, ascending with it; 0 alone is in cell 0. */
int32_t cellgrid_cell(double);
/* Lower and upper end of a cell: low <= |x| < high, signed. */
void cellgrid_ends(int32_t cell, double *low, double *high);

/* The first cell at or after *cell that holds something. */
bool cellgrid_next(const struct cellgrid *, int32_t *cell, uint64_t *count);

#define CELLGRID_FIRST (-(1 << 20))

#endif
