/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenes, by the codes of complaints. */
#include <stdlib.h>

#include "base/hash.h"
#include "base/share.h"
#include "canon/codes_csv.h"
#include "canon/scenes.h"

static size_t find(struct scenes *s, struct text scene)
{
	if (!s->codes)
		s->codes = codes_csv_read(NULL);
	return codes_find(s->codes, TEXT("scene"), scene);
}

static int severity_of(void *ctx, struct text scene)
{
	struct scenes *s = ctx;
	size_t i = find(s, scene);

	return i == CODES_NONE ? 0 : codes_code(s->codes, i)->severity;
}

bool scenes_know(struct scenes *s, struct text scene)
{
	return find(s, scene) != CODES_NONE;
}

void scenes_ask(struct scenes *s, struct casework *cases,
		const struct workflow *workflow)
{
	struct buf bytes = { 0 };
	char *path;

	if (!workflow_has_levels(workflow))
		return;
	path = share_path("complaint-codes.csv");
	share_read_file(path, 1, &bytes);
	casework_scenes(cases, severity_of, s,
			hash_bytes(bytes.p, bytes.n));
	buf_release(&bytes);
	free(path);
}

void scenes_release(struct scenes *s)
{
	codes_free(s->codes);
	s->codes = NULL;
}
