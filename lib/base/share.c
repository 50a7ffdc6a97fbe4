/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the data files that ship with the programs. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/msg.h"
#include "base/share.h"

#define SHIPPED_MIB 256

char *share_root(const char *below)
{
	char exe[PATH_MAX];
	struct buf path = { 0 };
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe));

	if (n <= 0 || (size_t)n >= sizeof(exe))
		die_errno("/proc/self/exe");
	for (int up = 0; up < 2; up++)
		while (n > 1 && exe[--n] != '/')
			;
	buf_add(&path, exe, (size_t)n);
	buf_addf(&path, "/share/%s", below);
	return path.p;
}

char *share_path(const char *name)
{
	struct buf below = { 0 };
	char *path;

	buf_addf(&below, "crmutils/%s", name);
	path = share_root(below.p);
	buf_release(&below);
	return path;
}

void share_read_file(const char *path, size_t limit, struct buf *to)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		die_errno("%s", path);
	while ((n = read(fd, buf_room(to, 65536), 65536)) != 0) {
		if (n < 0 && errno != EINTR)
			die_errno("%s", path);
		if (n > 0)
			to->n += (size_t)n;
		if (to->n > limit << 20)
			die("%s: more than %zu MiB", path, limit);
	}
	close(fd);
	buf_add(to, "", 0);
}

void share_read(const char *name, struct buf *to)
{
	char *path = share_path(name);

	share_read_file(path, SHIPPED_MIB, to);
	free(path);
}
