#!/usr/bin/env bash
# Ends the delivery where an image holds a critical or high vulnerability that somebody has fixed.
source "$(dirname "$0")/common.sh"

bad=0
while read -r service image; do
  scan=$(google artifacts docker images scan "$image" --remote --format='value(response.scan)')
  [[ -n $scan ]] || { say "$service: not scanned"; exit 1; }
  findings=$(google artifacts docker images list-vulnerabilities "$scan" \
    --format='csv[no-heading](vulnerability.effectiveSeverity,vulnerability.fixAvailable,noteName)')
  grave=$(grep --ignore-case --extended-regexp '^(CRITICAL|HIGH),true,' <<< "$findings" || true)
  if [[ -n $grave ]]; then
    say "$service: vulnerabilities that have a fix"
    say "$grave"
    bad=1
  fi
done < "$DELIVERY_DIR/images"
exit "$bad"
