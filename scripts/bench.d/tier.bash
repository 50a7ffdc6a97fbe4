# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# The pyramid. Miller, datamash and mawk do no more than sum and sort.
make_data
find_peers duckdb_tier r_tier mlr_tier_sum datamash_tier_sum mawk_tier_sum \
	csvcut_two_columns:once
contest crm-tier "$runs" "$data" crm-tier -t csv -- "${peers[@]}"
