/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds files to a fuzz target without a fuzzer: every file named on the
 * command line, and every file in the folders named, in bytewise order.
 * Prints each name first, so that a crash says on which input.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static _Noreturn void fail(const char *path)
{
	fprintf(stderr, "replay: %s: %s\n", path, strerror(errno));
	exit(1);
}

/* The target gets memory of the exact size, so that the sanitizers see a
 * read past the end. */
static void replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	unsigned char *data = NULL;
	size_t n = 0, cap = 0;

	if (f == NULL)
		fail(path);
	printf("%s\n", path);
	fflush(stdout);
	do {
		cap += 65536;
		data = mem_resize(data, cap, 1);
		n += fread(data + n, 1, cap - n, f);
	} while (n == cap);
	if (ferror(f))
		fail(path);
	fclose(f);
	data = mem_resize(data, n, 1);
	LLVMFuzzerTestOneInput(data, n);
	free(data);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* All files of a folder; false when path is none. */
static bool replay_folder(const char *path, int *count)
{
	struct dirent **entry;
	int n = scandir(path, &entry, visible, alphasort);

	if (n < 0 && errno == ENOTDIR)
		return false;
	if (n < 0)
		fail(path);
	for (int i = 0; i < n; i++) {
		struct buf file = { 0 };

		buf_addf(&file, "%s/%s", path, entry[i]->d_name);
		replay(file.p);
		buf_release(&file);
		free(entry[i]);
	}
	free(entry);
	*count += n;
	return true;
}

int main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; i++) {
		if (!replay_folder(argv[i], &count)) {
			replay(argv[i]);
			count++;
		}
	}
	printf("%d inputs replayed\n", count);
	return count == 0;
}
