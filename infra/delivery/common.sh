# shellcheck shell=bash
# What the steps of a delivery share; each script sources it. They hand on to the next through files in DELIVERY_DIR:
#   serving    service, commit that serves now (or none)
#   affected   service
#   images     service, image by digest
#   revisions  service, revision that served before, candidate
set -euo pipefail

: "${PROJECT_ID:?}" "${PROJECT_NUMBER:?}" "${REGION:?}" "${COMMIT:?}" "${BUILD_ID:?}" "${DELIVERY_DIR:?}"

# Whoever reads a message comes before whoever writes it.
# shellcheck disable=SC2034 # read by the scripts that source this file
readonly SERVICES=(insight analysis ingestion)

# shellcheck disable=SC2034 # read by the scripts that source this file
# A commit may be delivered twice, a revision's name and an image's tag are given once.
readonly RELEASE="g${COMMIT:0:12}-${BUILD_ID:0:8}"

say() {
  printf '%s\n' "$*" >&2
}

# Never reads what the caller's loop reads.
google() {
  gcloud "$@" --project="$PROJECT_ID" --quiet < /dev/null
}

# The revision of a service that gets most of its traffic.
serving_revision() {
  google run services describe "$1" --region="$REGION" --flatten='status.traffic[]' \
    --format='csv[no-heading](status.traffic.percent,status.traffic.revisionName)' |
    awk -F, '$1 > most { most = $1; name = $2 } END { print name }'
}

# Asks the candidate of a service from inside the network whether it and what it depends on are ready.
smoke_test() {
  local host="$1-$PROJECT_NUMBER.$REGION.run.app"
  google run jobs execute smoke-test --region="$REGION" --wait \
    --update-env-vars="URL=https://candidate---$host,AUDIENCE=https://$host"
}
