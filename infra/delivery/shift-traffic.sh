#!/usr/bin/env bash
# Gives the candidates 10, 50, then all of the traffic, and looks at each in between. Any failure gives it all back.
source "$(dirname "$0")/common.sh"

: "${WATCH_SECONDS:?}" "${MAX_ERRORS:?}"

route() {
  google run services update-traffic "$1" --region="$REGION" --to-revisions="$2"
}

roll_back() {
  local status=$?
  trap - EXIT
  ((status == 0)) && exit 0
  say 'rolling back'
  while read -r service previous _; do
    route "$service" "$previous=100" || say "$service: NOT rolled back, give $previous all traffic by hand"
  done < "$DELIVERY_DIR/revisions"
  exit "$status"
}
trap roll_back EXIT
# A cancelled build goes back as well.
trap 'exit 143' TERM

# Errors that a candidate has written in the last two hours, which no delivery outlasts; one more than is borne is enough.
look_at() {
  local service=$1 candidate=$2 errors
  errors=$(google logging read --limit="$((MAX_ERRORS + 1))" --freshness=2h --format='value(insertId)' \
    "resource.type=\"cloud_run_revision\" AND resource.labels.revision_name=\"$candidate\" AND (severity>=ERROR OR httpRequest.status>=500)")
  if (($(grep --count . <<< "$errors") > MAX_ERRORS)); then
    say "$candidate: more than $MAX_ERRORS errors"
    return 1
  fi
  smoke_test "$service"
}

for percent in 10 50 100; do
  while read -r service previous candidate; do
    if ((percent == 100)); then
      route "$service" "$candidate=100"
    else
      route "$service" "$candidate=$percent,$previous=$((100 - percent))"
    fi
  done < "$DELIVERY_DIR/revisions"
  # Nothing to deliver is nothing to watch.
  [[ -s "$DELIVERY_DIR/revisions" ]] || break
  sleep "$WATCH_SECONDS" &
  wait "$!"
  while read -r service _ candidate; do
    look_at "$service" "$candidate"
  done < "$DELIVERY_DIR/revisions"
done
