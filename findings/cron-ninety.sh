#!/bin/sh
# "*/90 * * * *" and "5/15 * * * *": steps by which people mean "every 90 minutes" and "every 15, from minute 5 on".
#
# One expects: a step that is longer than the hour is refused, or at least by those that check a form before they run
#   it; and what says an expression in words says what the readers do.
# Happens: cron-parser, robfig and croniter take */90 and run at minute 0 of every hour; croner and APScheduler refuse.
#   cronstrue, which puts cron into words for people, says "Every 90 minutes", which none of them does. 5/15 is
#   5, 20, 35, 50 to all but croner, which refuses it.
# Who meets it: whoever shows a schedule's words beside it: it wakes 24 times a day and says 16.
# Versions: cron-parser 5.10.6, croner 11.0.1, cronstrue 3.39.0 (npm); robfig/cron 3.0.1, croniter 1.3.5, APScheduler 3.9.1
#   (Debian 12).
#
# Seen, the first three runs after midnight:
#   */90 * * * *: cron-parser 01:00 02:00 03:00, croner refuses, robfig 01:00 02:00 03:00, croniter 01:00 02:00 03:00, APScheduler refuses, cronstrue Every 90 minutes
#   5/15 * * * *: cron-parser 00:05 00:20 00:35, croner refuses, robfig 00:05 00:20 00:35, croniter 00:05 00:20 00:35, APScheduler 00:05 00:20 00:35, cronstrue Every 15 minutes, starting at 5 minutes past the hour
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cron.sh"

cron_readers
printf '%s\n' "*/90 * * * *" "5/15 * * * *" >"$work/expressions"
# shellcheck disable=SC2016
export picture='join " ", map strftime("%H:%M", gmtime $_), @runs[0 .. 2]'
cron_runs "$work/expressions" | cron_rows cron-parser croner robfig croniter APScheduler cronstrue >"$work/now"
compare "$work/now"
