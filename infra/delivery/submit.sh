#!/usr/bin/env bash
# Delivers the commit that is checked out: hands its source, history included, to Cloud Build and waits for the end.
set -euo pipefail
cd "$(dirname "$0")/../.."

: "${PROJECT_ID:?}" "${REGION:?}"

gcloud builds submit . --project="$PROJECT_ID" --region="$REGION" --config=cloudbuild.yaml --suppress-logs \
  --gcs-source-staging-dir="gs://$PROJECT_ID-builds/source" \
  --substitutions="_COMMIT=$(git rev-parse HEAD),_REGION=$REGION"
