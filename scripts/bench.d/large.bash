# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# As many rows as a group of dealers has in a decade, beside DuckDB alone.
large=${BENCH_LARGE:-50000000}
# DuckDB may set aside on the disk as much as it reads.
if has_room "$((large * 150 >> 20))" large; then
	sample "$large" "$work/large.csv"
	runs=$((runs < 3 ? runs : 3)) three_questions "$large rows" \
		"$work/large.csv"
	rm -f "$work/large.csv"
fi
