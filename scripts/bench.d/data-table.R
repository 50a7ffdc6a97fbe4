# SPDX-License-Identifier: GPL-3.0-or-later
# The peer's answer to the same question: Rscript data-table.R QUERY IN OUT.
# Two threads, CSV to CSV; no column is read that the answer does not need.
suppressPackageStartupMessages(library(data.table))
setDTthreads(2)
args <- commandArgs(trailingOnly = TRUE)

read <- function(columns) {
	fread(args[2], select = columns, showProgress = FALSE)
}

tier <- function() {
	t <- read(c("customer_id", "date", "kind", "amount"))
	c <- t[, .(value = sum(amount)), by = customer_id]
	l <- t[kind != "refund", .(last = max(date)), by = customer_id]
	c <- l[c, on = "customer_id"]
	from <- seq(as.Date(max(t$date)), length.out = 2, by = "-12 months")[2]
	a <- c[last >= from][order(-value, customer_id)]
	n <- nrow(a)
	a[, `:=`(rank = .I, share = round(value / sum(value), 6),
		cum_share = round(cumsum(value) / sum(value), 6))]
	a[, tier := fcase(rank <= ceiling(n * 0.01), "vip",
		rank <= ceiling(n * 0.05), "large",
		rank <= ceiling(n * 0.20), "medium", default = "small")]
	rest <- c[is.na(last) | last < from][order(customer_id)][, tier := "inactive"]
	rbind(a[, .(customer_id, rank, value, share, cum_share, tier)],
		rest[, .(customer_id, value, tier)], fill = TRUE)
}

mix <- function() {
	t <- read(c("txn_id", "customer_id", "date", "kind", "amount"))
	t[, month := format(as.IDate(date), "%Y-%m")]
	m <- t[, .(rows = .N, purchases = uniqueN(txn_id),
		customers = uniqueN(customer_id), amount = sum(amount)),
		by = .(month, kind)]
	m <- m[order(-amount, month, kind)]
	m[, `:=`(share = round(amount / sum(amount), 6),
		cum_share = round(cumsum(amount) / sum(amount), 6),
		share_pct = round(100 * amount / sum(amount), 1))]
}

summarise <- function() {
	t <- read(c("customer_id", "date", "kind", "amount"))
	d <- t[, .(money = sum(amount), bought = any(kind != "refund")),
		by = .(customer_id, date)][order(customer_id, date)]
	end <- max(d$date)
	total <- d[, .(total = sum(money)), by = customer_id]
	f <- d[bought == TRUE, .(first = date[1], last = date[.N],
		frequency = .N - 1L, first_money = money[1]), by = customer_id]
	f <- total[f, on = "customer_id"]
	f[, .(customer_id, frequency, recency = as.numeric(last - first) / 7,
		T = as.numeric(end - first) / 7,
		monetary_value = ifelse(frequency > 0,
			(total - first_money) / frequency, 0))]
}

questions <- list(tier = tier, mix = mix, summary = summarise)
fwrite(questions[[args[1]]](), args[3])
