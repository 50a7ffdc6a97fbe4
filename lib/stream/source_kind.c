/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a source that is no text of ours looks like by its first bytes. */
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "stream/source.h"

struct magic {
	const char *bytes;
	size_t n;
	const char *what;
};

static const struct magic magics[] = {
	{ "PK\x03\x04", 4,
	  "an Excel workbook (.xlsx) or another zip archive; read a workbook "
	  "with `crm-import table FILE`" },
	{ "PK\x05\x06", 4, "an empty zip archive" },
	{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
	  "an old Excel workbook (.xls, OLE); convert it with "
	  "`libreoffice --headless --convert-to xlsx FILE` and read it with "
	  "`crm-import table FILE`" },
	{ "ID;P", 4,
	  "a SYLK sheet; convert it with `libreoffice --headless "
	  "--convert-to xlsx FILE` and read it with `crm-import table FILE`" },
	{ "\x1f\x8b", 2, "a gzip archive; unpack it with `gzip -dc FILE`" },
	{ "BZh", 3, "a bzip2 archive; unpack it with `bzip2 -dc FILE`" },
	{ "\xfd"
	  "7zXZ",
	  5, "an xz archive; unpack it with `xz -dc FILE`" },
	{ "\x28\xb5\x2f\xfd", 4,
	  "a zstd archive; unpack it with `zstd -dc FILE`" },
	{ "%PDF-", 5, "a PDF document" },
	{ "MIME-Version:", 13,
	  "a web archive (.mht); open it in Excel and save it as .xlsx" },
	{ "\x7f"
	  "ELF",
	  4, "a program" },
	{ "\x89PNG", 4, "a picture" },
	{ "\xff\xd8\xff", 3, "a picture" },
	{ "SQLite format 3", 15, "an SQLite database" },
	{ "\xff\xfe", 2,
	  "UTF-16 text; read it with `crm-import table --encoding utf-16 "
	  "FILE`, or convert it with `iconv -f UTF-16 -t UTF-8`" },
	{ "\xfe\xff", 2,
	  "UTF-16 text; read it with `crm-import table --encoding utf-16 "
	  "FILE`, or convert it with `iconv -f UTF-16 -t UTF-8`" },
};

static bool is_markup(struct text t)
{
	static const char *const begin[] = { "<!doctype", "<!--", "<?xml",
					     "<html", "<head", "<meta",
					     "<style", "<body", "<div",
					     "<table", "<xml", "<workbook" };

	if (text_starts(t, SOURCE_BOM))
		t.p += 3, t.n -= 3;
	t = text_trim(t);
	for (size_t i = 0; i < NELEMS(begin); i++)
		if (t.n > strlen(begin[i]) &&
		    strncasecmp(t.p, begin[i], strlen(begin[i])) == 0)
			return true;
	return false;
}

/* In UTF-16 every other byte is a NUL: they are left out. */
bool source_is_markup(struct source *s)
{
	struct text head = source_first_line(s, 1024);
	char plain[1024];
	size_t n = 0;

	if (text_starts(head, "\xff\xfe") || text_starts(head, "\xfe\xff"))
		head.p += 2, head.n -= 2;
	for (size_t i = 0; i < head.n; i++)
		if (head.p[i])
			plain[n++] = head.p[i];
	return is_markup((struct text){ plain, n });
}

/* Every other byte NUL near the start: UTF-16 that lost its mark. */
static bool is_bare_utf16(struct text t)
{
	size_t even = 0, odd = 0, n = t.n < 64 ? t.n : 64;

	for (size_t i = 0; i + 1 < n; i += 2) {
		even += t.p[i] == '\0';
		odd += t.p[i + 1] == '\0';
	}
	return n >= 8 && (even > n / 4 || odd > n / 4) &&
	       (even == 0 || odd == 0);
}

/* Control bytes that no text has so many of: rows with one are data, or with
 * a NUL rejects, but a file that is full of them is no table. One byte in
 * nine is such a one where bytes are random. */
static bool is_binary(struct text t)
{
	size_t odd = 0, n = t.n < 512 ? t.n : 512;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		odd += c < 0x20 && c != '\t' && c != '\n' && c != '\r' &&
		       c != 0x1b;
	}
	return odd >= 4 && odd * 20 > n;
}

const char *source_foreign(struct source *s)
{
	struct text head = source_first_line(s, 1024);

	if (head.n == 0)
		return NULL;
	for (size_t i = 0; i < NELEMS(magics); i++)
		if (head.n >= magics[i].n &&
		    memcmp(head.p, magics[i].bytes, magics[i].n) == 0)
			return magics[i].what;
	if (is_markup(head))
		return "an HTML or XML document; read a table in it with "
		       "`crm-import table FILE`";
	if (is_bare_utf16(head))
		return "UTF-16 text without a byte-order mark; convert it with "
		       "`iconv -f UTF-16LE -t UTF-8`";
	if (is_binary(head))
		return "binary data";
	return NULL;
}
