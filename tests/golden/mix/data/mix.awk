# SPDX-License-Identifier: GPL-3.0-or-later
# What crm-mix --by gives, worked out apart from it, in awk: transactions in
# (plain CSV without quotes), the table out. -v by=COL,... of columns, month
# and quarter; -v months=1 for a date column that is theirs.

# Adds 1 to count[group] the first time that the pair is met.
function once(seen, count, group, what) {
	if (!((group, what) in seen)) {
		seen[group, what] = 1
		count[group]++
	}
}

# value / total in 1/units, rounded down, digit by digit so that no product
# goes beyond 2^53; rest[i] is the remainder.
function parts(i, value, total, units,   q, r, negative) {
	negative = value < 0
	if (negative)
		value = -value
	q = int(value / total)
	r = value - q * total
	for (; units > 1; units /= 10) {
		r *= 10
		q = q * 10 + int(r / total)
		r -= int(r / total) * total
	}
	if (negative) {
		q = -q
		if (r > 0) {
			q--
			r = total - r
		}
	}
	rest[i] = r
	return q
}

# Largest remainder: what is left over, one each, the earlier first.
function shares(out, units,   i, k, left, best) {
	left = units
	for (i = 1; i <= n; i++) {
		out[i] = parts(i, amount[name[i]], total, units)
		left -= out[i]
	}
	for (; left > 0; left--) {
		best = 0
		for (i = 1; i <= n; i++)
			if (rest[i] >= 0 && (!best || rest[i] > rest[best]))
				best = i
		out[best]++
		rest[best] = -1
	}
}

function money(fen,   sign) {
	sign = fen < 0 ? "-" : ""
	if (fen < 0)
		fen = -fen
	return sprintf("%s%d.%02d", sign, int(fen / 100), fen % 100)
}

# Half away from zero.
function mean(fen, count,   q) {
	if (!count)
		return ""
	q = fen < 0 ? -fen : fen
	q = int((q * 2 + count) / (count * 2))
	return money(fen < 0 ? -q : q)
}

function word(name,   date) {
	date = $column["date"]
	if (name in column)
		return $column[name]
	if (name == "year")
		return substr(date, 1, 4)
	if (name == "quarter")
		return substr(date, 1, 4) "Q" int((substr(date, 6, 2) + 2) / 3)
	return substr(date, 1, 7)
}

BEGIN {
	FS = ","
	words = split(by, asked, ",")
}

NR == 1 {
	for (i = 1; i <= NF; i++)
		column[$i] = i
	next
}

{
	g = ""
	for (i = 1; i <= words; i++)
		g = g (i > 1 ? "," : "") word(asked[i])
	fen = sprintf("%.0f", $column["amount"] * 100) + 0
	rows[g]++
	amount[g] += fen
	total += fen
	if ($column["kind"] == "refund")
		next
	who = $column["customer_id"]
	once(met, customers, g, who)
	once(bought, purchases, g, who SUBSEP $column["txn_id"])
}

END {
	for (g in rows)
		name[++n] = g
	for (i = 2; i <= n; i++)
		for (k = i; k > 1 && (amount[name[k]] > amount[name[k - 1]] ||
		    (amount[name[k]] == amount[name[k - 1]] &&
		    name[k] < name[k - 1])); k--) {
			g = name[k]
			name[k] = name[k - 1]
			name[k - 1] = g
		}
	print by ",rows,purchases,customers,amount,mean_purchase,share," \
	    "cum_share,share_pct"
	shares(ppm, 1000000)
	shares(tenth, 1000)
	for (i = 1; i <= n; i++) {
		g = name[i]
		sum += ppm[i]
		printf "%s,%d,%d,%d,%s,%s,%.6f,%.6f,%.1f\n", g, rows[g],
		    purchases[g], customers[g], money(amount[g]),
		    mean(amount[g], purchases[g]), ppm[i] / 1000000,
		    sum / 1000000, tenth[i] / 10
	}
}
