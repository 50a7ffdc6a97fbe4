/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Personal data as reports show it. */
#include "canon/mask.h"

#include "base/utf8.h"

/* Bytes of the first `letters` letters. */
static size_t head_bytes(struct text t, size_t letters)
{
	size_t n = 0, used;

	while (letters-- > 0 && n < t.n) {
		utf8_decode(t.p + n, t.n - n, &used);
		n += used;
	}
	return n;
}

/* The first `head` letters and the last `tail`, `stars` stars for what is in
 * between, however much it is; stars alone where nothing would be hidden. */
static void keep(struct buf *b, struct text t, size_t head, size_t tail,
		 size_t stars)
{
	size_t letters = utf8_count(t);
	bool shown = letters > head + tail;

	if (t.n == 0)
		return;
	if (shown)
		buf_add(b, t.p, head_bytes(t, head));
	for (size_t i = 0; i < stars; i++)
		buf_addc(b, '*');
	if (shown) {
		size_t from = head_bytes(t, letters - tail);
		buf_add(b, t.p + from, t.n - from);
	}
}

void mask_name(struct buf *b, struct text name)
{
	keep(b, name, 1, 0, 1);
}

void mask_phone(struct buf *b, struct text phone)
{
	keep(b, phone, 3, 4, 4);
}

void mask_vin(struct buf *b, struct text vin)
{
	keep(b, vin, 3, 4, 10);
}

void mask_plate(struct buf *b, struct text plate)
{
	keep(b, plate, 2, 2, 3);
}

void mask_idno(struct buf *b, struct text idno)
{
	keep(b, idno, 6, 4, 8);
}
