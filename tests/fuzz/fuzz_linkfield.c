/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of any kind as they are compared: valid text without blanks at its
 * ends; and tables of three such cells. */

#include "base/utf8.h"
#include "canon/linkfield.h"
#include "tests/fuzz/fuzz.h"

static void try_kind(enum linkage_kind kind, struct text cell)
{
	struct buf form = { 0 };
	struct text t;

	linkfield_value(&form, kind, cell);
	t = buf_text(&form);
	must(utf8_bad(t.p, t.n) == t.n);
	must(text_trim(t).n == t.n);
	buf_release(&form);
}

/* Chinese names are read by a table that ships, which is not here. */
static bool is_ascii(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] & 0x80)
			return false;
	return true;
}

static void try_table(struct text cell)
{
	static const struct text header[] = { TEXT("a"), TEXT("b"), TEXT("c") };
	struct linkfield *f = linkfield_new(header, 3);
	const struct linkage_column *columns;
	struct text row[3] = { cell, cell, cell }, form[LINKAGE_COLUMNS_MAX];

	for (int i = 0; i < 3; i++) {
		linkfield_add(f, row);
		row[i].n /= 2;
	}
	linkfield_decide(f);
	must(linkfield_compared(f, &columns) <= LINKAGE_COLUMNS_MAX);
	for (uint32_t i = 0; i < linkfield_rows(f); i++)
		linkfield_record(f, i, form);
	linkfield_free(f);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct text cell = { (const char *)data, size };
	struct buf valid = { 0 };

	/* Readers let nothing else in. */
	if (utf8_bad(cell.p, cell.n) == cell.n) {
		for (int k = 0; k < LINKAGE_KINDS; k++)
			try_kind((enum linkage_kind)k, cell);
		if (is_ascii(cell))
			try_table(cell);
	}
	linkfield_date(&valid, LINKFIELD_DMY, cell);
	buf_release(&valid);
	return 0;
}
