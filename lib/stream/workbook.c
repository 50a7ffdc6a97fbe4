/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which document it is, by its first bytes. */
#include <string.h>
#include <unistd.h>

#include "stream/markup_source.h"
#include "stream/workbook.h"
#include "stream/xlsx_source.h"

/* The first folder sector of a compound file ([MS-CFB] 2.2, 2.6) is where the
 * names of its streams stand, in UTF-16. */
static bool is_encrypted(struct source *s)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0"
				   "g\0e";
	unsigned char head[512], folder[4096];
	uint64_t sector;
	ssize_t n;
	int fd = source_seekable(s);

	if (fd < 0 || pread(fd, head, sizeof(head), 0) != sizeof(head) ||
	    head[30] < 7 || head[30] > 20)
		return false;
	sector = head[48] | (uint64_t)head[49] << 8 | (uint64_t)head[50] << 16 |
		 (uint64_t)head[51] << 24;
	n = pread(fd, folder, sizeof(folder),
		  (off_t)((sector + 1) << head[30]));
	return n > 0 && memmem(folder, (size_t)n, name, sizeof(name) - 1);
}

enum workbook_state workbook_open(struct source **source,
				  const struct workbook_options *o,
				  struct buf *say)
{
	struct text head = source_peek(*source, 8);

	if (text_starts(head, "PK\x03\x04") || text_starts(head, "PK\x05\x06"))
		return xlsx_source_open(source, o, say);
	if (text_starts(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		buf_adds(say, is_encrypted(*source) ?
				      "an encrypted Excel workbook; open it in "
				      "Excel and save it without a password" :
				      "an old Excel workbook (.xls, OLE); "
				      "convert it with `libreoffice --headless "
				      "--convert-to xlsx FILE` and read that");
		return WORKBOOK_BAD;
	}
	return source_is_markup(*source) ? markup_source_open(source, o, say) :
					   WORKBOOK_NONE;
}
