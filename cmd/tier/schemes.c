/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schemes of crm-tier, one a file beside this one. */
#include "cmd/tier/tier.h"

const struct scheme *const schemes[] = {&scheme_pyramid, NULL};
