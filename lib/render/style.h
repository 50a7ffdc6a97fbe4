/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The style sheet of HTML reports: screen and A4 paper, Latin and Chinese
 * faces by name only (nothing is fetched). */
#ifndef RENDER_STYLE_H
#define RENDER_STYLE_H

extern const char style_sheet[];

#endif
