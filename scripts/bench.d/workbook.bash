# shellcheck shell=bash disable=SC2154
# SPDX-License-Identifier: GPL-3.0-or-later
# An Excel workbook; left out where zip is missing.
xlsx_rows=${BENCH_XLSX_ROWS:-200000}
xlsx2csv_table() { xlsx2csv "$1"; }
export -f xlsx2csv_table

if command -v zip >/dev/null; then
	crm-sample --transactions "$xlsx_rows" --customers "$((xlsx_rows / 10))" \
		--seed 1 --wide -o "$work/sheet.csv"
	"$root/scripts/bench.d/make-workbook" "$work/sheet.csv" "$work/book.xlsx"
	find_peers xlsx2csv_table
	contest "crm-import table, $xlsx_rows rows of 10 columns in a workbook" \
		"$runs" "$work/book.xlsx" crm-import table -t csv -- "${peers[@]}"
	rm -f "$work/sheet.csv" "$work/book.xlsx"
fi
