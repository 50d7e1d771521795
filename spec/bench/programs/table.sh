#!/bin/sh
# table.sh FILE: the columns of astro.pretty.table, by jq and column.
jq --raw-output '.deployments[]
  | [.status, .name, .workspaceName, .executor, .astroRuntimeVersion, .region,
     ([.workerQueues[].name] | join(", ")), .id]
  | @tsv' "$1" | column -t -s "$(printf '\t')"
