/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HTML and XML by the name of .xls. First byte: the encoding; second: bit 0
 * fill merged cells, bit 1 the second table or sheet, bit 2 begin with a tag.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/workbook_check.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct workbook_options o = { 0 };
	struct buf b = { 0 };

	if (size < 3)
		return 0;
	o.encoding = (enum encoding)(data[0] % (DECODE_LATIN1 + 1));
	o.fill_merged = data[1] & 1;
	o.sheet = data[1] & 2 ? "2" : NULL;
	o.tell = true;
	if (data[1] & 4)
		buf_adds(&b, "<html><table>");
	buf_add(&b, (const char *)data + 2, size - 2);
	check_workbook(buf_text(&b), &o);
	buf_release(&b);
	return 0;
}
