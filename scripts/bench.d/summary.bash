# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# Frequency, recency, age and mean value of each customer; datamash counts
# the days only.
make_data
find_peers duckdb_summary r_summary datamash_purchase_dates:once
contest 'crm-clv summary' "$runs" "$data" crm-clv summary -t csv -- \
	"${peers[@]}"
