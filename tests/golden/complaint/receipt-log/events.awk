# The receipt log as events of complaints: its rows, and of every case whose
# case:enddate is known one more, `end`, at that time and with case:deadline as
# due. The first column is the time in seconds, to sort by; the log has no
# quotes.
BEGIN {
	FS = ","
	OFS = ","
}

# Seconds since 1970 of 2011-10-11 13:45:40.276000+02:00 (no part of it but
# the fraction may be missing).
function seconds(at,   y, m, d, zone, n, east)
{
	y = substr(at, 1, 4)
	m = substr(at, 6, 2)
	d = substr(at, 9, 2)
	if (m <= 2) {
		y--
		m += 12
	}
	n = 365 * y + int(y / 4) - int(y / 100) + int(y / 400)
	n += int((153 * (m - 3) + 2) / 5) + d - 719469
	zone = substr(at, length(at) - 5)
	n = n * 86400 + substr(at, 12, 2) * 3600 + substr(at, 15, 2) * 60
	n += substr(at, 18, length(at) - 17 - 6)
	east = substr(zone, 2, 2) * 3600 + substr(zone, 5, 2) * 60
	return substr(zone, 1, 1) == "-" ? n + east : n - east
}

NR == 1 {
	for (i = 1; i <= NF; i++)
		col[$i] = i
	next
}

{
	id = $col["case:concept:name"]
	at = $col["time:timestamp"]
	printf "%.6f,%s,%s,%s,%s,\n", seconds(at), id, at,
		$col["concept:name"], $col["org:resource"]
	end = $col["case:enddate"]
	if (end != "" && !(id in ended)) {
		ended[id] = 1
		printf "%.6f,%s,%s,end,%s,%s\n", seconds(end), id, end,
			$col["case:responsible"], $col["case:deadline"]
	}
}
