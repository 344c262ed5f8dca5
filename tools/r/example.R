# The tables of a run in R, with nothing but R itself: Rscript tools/r/example.R results/reference
# Of a province or of bare stations, and with --columns short or full.
folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) folder <- "results/reference"
has_table <- function(name) file.exists(file.path(folder, paste0(name, ".csv")))
read_table <- function(name) {
  read.csv(file.path(folder, paste0(name, ".csv")), fileEncoding = "UTF-8-BOM", na.strings = "")
}

# Mean waits and the ends of their 95% intervals in minutes: the full form has them in seconds.
waits_of <- function(table) {
  columns <- c("mean", "low", "high")
  minutes <- paste0("wait_min_", columns)
  if (all(minutes %in% names(table))) return(table[minutes])
  seconds <- paste0("wait_s_", columns)
  if (!all(seconds %in% names(table))) stop("nobody waited: the table has no columns of waits")
  waits <- round(table[seconds] / 60, 1)
  names(waits) <- minutes
  waits
}

if (!has_table("channels") && !has_table("stations")) {
  stop("there are no tables in ", folder, ": run with --format csv, and without --tables")
}
by <- if (has_table("channels")) "channel" else "station"
table <- read_table(paste0(by, "s"))
cat("Mean waits by ", by, ", in minutes, with the ends of their 95% intervals:\n", sep = "")
print(data.frame(table[by], waits_of(table)), row.names = FALSE)

if (has_table("offices")) {
  offices <- read_table("offices")
  waits <- waits_of(offices)
  worst <- head(order(-waits$wait_min_mean), 5)
  cat("The offices where people wait longest:\n")
  print(data.frame(office = offices$office[worst], waits[worst, ]), row.names = FALSE)
}
