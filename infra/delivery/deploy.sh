#!/usr/bin/env bash
# Makes a revision of each new image that gets no traffic, reached under the tag `candidate`, and asks whether it is ready.
source "$(dirname "$0")/common.sh"

: > "$DELIVERY_DIR/revisions"
for service in "${SERVICES[@]}"; do
  image=$(awk -v service="$service" '$1 == service { print $2 }' "$DELIVERY_DIR/images")
  [[ -n $image ]] || continue
  previous=$(serving_revision "$service")
  [[ -n $previous ]] || { say "$service: nothing serves, so there is nothing to go back to"; exit 1; }
  google run deploy "$service" --region="$REGION" --image="$image" --no-traffic --tag=candidate \
    --revision-suffix="$RELEASE"
  echo "$service $previous $service-$RELEASE" >> "$DELIVERY_DIR/revisions"
done

while read -r service _; do
  smoke_test "$service"
done < "$DELIVERY_DIR/revisions"
