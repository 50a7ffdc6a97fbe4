# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# By month and kind: rows, distinct bills, distinct customers, amount, share.
# Three of the peers take minutes over the distinct ones.
make_data
find_peers duckdb_mix r_mix mlr_mix:once datamash_mix:once mawk_mix:once
contest 'crm-mix by month and kind' "$runs" "$data" "${mix[@]}" -- "${peers[@]}"
