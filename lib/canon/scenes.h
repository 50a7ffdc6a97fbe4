/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scenes of complaints to severities, by the codes that ship: for workflows
 * that have rules about severity. The codes are read with the first event that
 * has a scene.
 */
#ifndef CANON_SCENES_H
#define CANON_SCENES_H

#include "model/casework.h"
#include "model/codes.h"

struct scenes {			/* zero bytes are a valid one */
	struct codes *codes;
};

/* Before the first event; `scenes` must live as long as the cases. */
void scenes_ask(struct scenes *, struct casework *, const struct workflow *);
/* Whether the text is a code of a scene, or a word for one. */
bool scenes_know(struct scenes *, struct text scene);
void scenes_release(struct scenes *);

#endif
