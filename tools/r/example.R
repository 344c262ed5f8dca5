# The tables of a run in R, with nothing but R itself: Rscript tools/r/example.R results/reference
folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) folder <- "results/reference"
read_table <- function(name) {
  read.csv(file.path(folder, paste0(name, ".csv")), encoding = "UTF-8", na.strings = "")
}

channels <- read_table("channels")
waits <- c("wait_s_mean", "wait_s_low", "wait_s_high")
cat("Mean waits by channel, in minutes, with the ends of their 95% intervals:\n")
print(data.frame(channel = channels$channel, round(channels[waits] / 60, 1)))

offices <- read_table("offices")
worst <- head(offices[order(-offices$wait_s_mean), ], 5)
cat("The offices where people wait longest:\n")
print(data.frame(office = worst$office, round(worst[waits] / 60, 1)), row.names = FALSE)
