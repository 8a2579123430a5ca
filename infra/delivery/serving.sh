#!/usr/bin/env bash
# Which commit each service runs: the name of the revision that serves says so.
source "$(dirname "$0")/common.sh"

for service in "${SERVICES[@]}"; do
  revision=$(serving_revision "$service")
  if [[ $revision =~ ^$service-g([0-9a-f]{12})- ]]; then
    echo "$service ${BASH_REMATCH[1]}"
  else
    echo "$service none"
  fi
done > "$DELIVERY_DIR/serving"
