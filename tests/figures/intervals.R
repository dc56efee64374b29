# Intervals of shares from finite populations, worked by R: `Rscript tests/figures/intervals.R`.
# test_estimates.py holds what it prints. Run with R 4.2.2 and survey 4.1-1.
suppressMessages(library(survey))

# Wilson's interval by base R (prop.test without continuity correction), on the effective base.
wilson <- function(count, base, population) {
  effective <- base * (population - 1) / (population - base)
  suppressWarnings(prop.test(effective * count / base, effective, correct = FALSE)$conf.int)
}

# Newcombe's method 10: the two intervals squared and added.
newcombe <- function(one, other) {
  p <- one[1] / one[2]; q <- other[1] / other[2]
  a <- do.call(wilson, as.list(one)); b <- do.call(wilson, as.list(other))
  p - q + c(-1, 1) * sqrt((p - c(a[1], a[2]))^2 + (q - c(b[2], b[1]))^2)
}

# The standard error of a share from a finite population, by the survey package: the variance is
# that of a simple random sample without replacement, (1 - n/N) p (1 - p) / (n - 1).
survey_error <- function(count, base, population) {
  answers <- data.frame(agree = rep(1:0, c(count, base - count)), population = population)
  design <- svydesign(ids = ~1, data = answers, fpc = ~population)
  SE(svymean(~agree, design))[1]
}

for (one in list(c(40, 68, 75), c(12, 41, 102), c(3, 10, 12), c(0, 12, 44), c(700, 948, 2000))) {
  cat(one, "wilson", sprintf("%.6f", do.call(wilson, as.list(one))),
      "error", sprintf("%.6f", do.call(survey_error, as.list(one))), "\n")
}
pairs <- list(list(c(12, 41, 102), c(500, 1107, 2300)), list(c(20, 30, 59), c(300, 800, 1500)),
              list(c(0, 12, 44), c(90, 346, 1200)))
for (pair in pairs) {
  cat(pair[[1]], "less", pair[[2]], sprintf("%.6f", newcombe(pair[[1]], pair[[2]])), "\n")
}
