#!/bin/sh
# Five readers of cron on the ways in which people write days of the week for "hibernate at weekends".
#
# One expects: what is an everyday form to one is to all: Fri to Sun as fri-sun, Sunday twice as 0,7, and a comma too
#   many is an error everywhere.
# Happens: fri-sun is Friday to Sunday to croner, croniter and APScheduler, and an error to cron-parser and robfig, to
#   which Sunday is 0. cron-parser refuses 0,7, since both are Sunday, though it takes 7. robfig reads "1-5," as 1-5,
#   alone among five. No form but 6,0 is taken by all, and APScheduler counts its days from Monday, so that it means
#   other days by it.
# Who meets it: schedules that one program checks or shows and another runs, such as an API in Go, a dashboard in
#   JavaScript and Airflow in Python.
# Versions: cron-parser 5.10.6, croner 11.0.1 (npm); robfig/cron 3.0.1, croniter 1.3.5, APScheduler 3.9.1 (Debian 12).
#
# Seen, the days of week on which "0 20 * * ..." runs:
#   fri-sun: cron-parser refuses, croner Fri Sat Sun, robfig refuses, croniter Fri Sat Sun, APScheduler Fri Sat Sun
#   0,7: cron-parser refuses, croner Sun, robfig refuses, croniter Sun, APScheduler refuses
#   6,0: cron-parser Sat Sun, croner Sat Sun, robfig Sat Sun, croniter Sat Sun, APScheduler Mon Sun
#   1-5,: cron-parser refuses, croner refuses, robfig Mon Tue Wed Thu Fri, croniter refuses, APScheduler refuses
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cron.sh"

cron_readers
for days in fri-sun 0,7 6,0 1-5,; do echo "0 20 * * $days"; done >"$work/expressions"
# shellcheck disable=SC2016
export picture='my %on = map { strftime("%w", gmtime $_) => 1 } @runs;
  join " ", map { (qw(Sun Mon Tue Wed Thu Fri Sat))[$_] } grep { $on{$_} } 1 .. 6, 0'
cron_runs "$work/expressions" | cron_rows cron-parser croner robfig croniter APScheduler | sed 's/^0 20 . . //' >"$work/now"
compare "$work/now"
