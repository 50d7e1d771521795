# Readers of cron for the findings; sourced after lib.sh.
# shellcheck shell=sh

# cron_readers: npm's cron-parser, croner and cronstrue, Go's robfig/cron, Python's croniter and APScheduler.
cron_readers() {
  need bookworm golang-1.19-go=1.19.8-2 golang-github-robfig-cron-dev=3.0.1-1 \
    python3.11-minimal=3.11.2-6+deb12u8 python3-croniter=1.3.5-3 python3-apscheduler=3.9.1-2
  npm_packages cron-parser@5.10.6 croner@11.0.1 cronstrue@3.39.0
  cat >"$work/readers.mjs" <<'END'
import { readFileSync } from "fs";
import { CronExpressionParser } from "cron-parser";
import { Cron } from "croner";
import cronstrue from "cronstrue";
const from = new Date("2026-01-05T00:00:00Z"); // a Monday
const readers = {
  "cron-parser": (text) => {
    const runs = CronExpressionParser.parse(text, { currentDate: from, tz: "UTC" });
    return Array.from({ length: 14 }, () => runs.next().getTime() / 1000);
  },
  croner: (text) => new Cron(text, { timezone: "UTC" }).nextRuns(14, from).map((date) => date / 1000),
  cronstrue: (text) => [cronstrue.toString(text)],
};
for (const text of readFileSync(process.argv[2], "utf8").trimEnd().split("\n")) {
  for (const [name, read] of Object.entries(readers)) {
    let runs;
    try {
      runs = read(text).join(" ");
    } catch {
      runs = "refuses";
    }
    console.log([text, name, runs].join("|"));
  }
}
END
  mkdir -p "$work/go"
  cat >"$work/go/readers.go" <<'END'
package main

import (
	"bufio"
	"fmt"
	"os"
	"time"

	"github.com/robfig/cron"
)

func main() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		fmt.Printf("%s|robfig|", lines.Text())
		schedule, err := cron.ParseStandard(lines.Text())
		if err != nil {
			fmt.Println("refuses")
			continue
		}
		run := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
		for i := 0; i < 14; i++ {
			run = schedule.Next(run)
			fmt.Printf("%d ", run.Unix())
		}
		fmt.Println()
	}
}
END
  cat >"$work/readers.py" <<'END'
import sys
from datetime import datetime, timedelta, timezone

from apscheduler.triggers.cron import CronTrigger
from croniter import croniter

start = datetime(2026, 1, 5, tzinfo=timezone.utc)


def by_croniter(text):
    runs = croniter(text, start)
    return [runs.get_next() for _ in range(14)]


def by_apscheduler(text):
    trigger, run, runs = CronTrigger.from_crontab(text, timezone=timezone.utc), start, []
    for _ in range(14):
        run = trigger.get_next_fire_time(None, run + timedelta(seconds=1))
        runs.append(run.timestamp())
    return runs


for text in open(sys.argv[1]).read().splitlines():
    for name, read in ("croniter", by_croniter), ("APScheduler", by_apscheduler):
        try:
            runs = " ".join("%d" % run for run in read(text))
        except Exception:
            runs = "refuses"
        print(text, name, runs, sep="|")
END
}

# cron_runs FILE: for each of its lines what each reader makes of it: LINE|READER|the first 14 runs after a Monday, as
# seconds since 1970.
cron_runs() {
  node "$work/readers.mjs" "$1"
  go=$work/bookworm/usr/lib/go-1.19
  GO111MODULE=off CGO_ENABLED=0 GOCACHE=$work/go/cache GOPATH=$work/bookworm/usr/share/gocode GOROOT=$go \
    "$go/bin/go" run "$work/go/readers.go" <"$1"
  PYTHONHOME=$work/bookworm/usr PYTHONDONTWRITEBYTECODE=1 run bookworm python3.11 "$work/readers.py" "$1"
}

# cron_rows READER...: those lines, by expression and in the order of the readers, each with what $picture (Perl, of
# @runs) makes of the runs.
cron_rows() {
  perl -MPOSIX -e '
    my $picture = eval "sub { my \@runs = \@_; $ENV{picture} }" or die;
    my (%said, @order);
    while (<STDIN>) {
      chomp;
      my ($text, $reader, $runs) = split /\|/;
      push @order, $text unless $said{$text};
      $said{$text}{$reader} = $runs =~ /^\d/ ? $picture->(split " ", $runs) : $runs;
    }
    print "$_: ", join(", ", do { my $text = $_; map "$_ $said{$text}{$_}", @ARGV }), "\n" for @order;
  ' "$@"
}
