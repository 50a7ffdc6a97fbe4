/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the archive into the parser's own buffer. */
#include "stream/xlsx_part.h"

void xlsx_part_open(struct xlsx_part *p, struct zip_part *zip,
		    const struct xml_handlers *handlers, void *ctx,
		    struct buf *why)
{
	*p = (struct xlsx_part){ .zip = zip, .why = why };
	p->xml = xml_new(handlers, ctx, why, NULL);
}

void xlsx_part_close(struct xlsx_part *p)
{
	zip_part_close(p->zip);
	xml_free(p->xml);
	*p = (struct xlsx_part){ 0 };
}

bool xlsx_part_step(struct xlsx_part *p)
{
	ssize_t got;
	char *room;

	if (xml_is_paused(p->xml))
		return xml_resume(p->xml) && p->why->n == 0;
	room = p->zip ? xml_room(p->xml, XLSX_STEP) : NULL;
	got = room ? zip_part_read(p->zip, room, XLSX_STEP, p->why) : -1;
	if (got < 0)
		return false;
	p->ended = got == 0;
	return xml_parse(p->xml, (size_t)got, p->ended) && p->why->n == 0;
}

bool xlsx_part_drain(struct xlsx_part *p)
{
	char room[XLSX_STEP];
	ssize_t got = 1;

	while (got > 0 && !p->ended)
		got = zip_part_read(p->zip, room, sizeof(room), p->why);
	p->ended = true;
	return got >= 0;
}

bool xlsx_part_parse(struct zip_part *zip, const struct xml_handlers *handlers,
		     void *ctx, struct buf *why)
{
	struct xlsx_part p;
	bool good = true;

	xlsx_part_open(&p, zip, handlers, ctx, why);
	while (good && !p.ended)
		good = xlsx_part_step(&p);
	xlsx_part_close(&p);
	return good;
}
