# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# One object a line.
ndjson=$work/transactions.ndjson
sample "$rows" "$ndjson" --to ndjson
three_questions NDJSON "$ndjson"
rm -f "$ndjson"
