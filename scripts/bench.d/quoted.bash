# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Every cell in quotes.
quoted=$work/quoted.csv
sample "$rows" "$quoted" --quoted
three_questions 'all quoted' "$quoted"
rm -f "$quoted"
