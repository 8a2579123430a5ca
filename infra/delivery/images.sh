#!/usr/bin/env bash
# Has an image built for each service that changed, from the very source of this build, each by a build of its own:
# Cloud Build pushes and attests an image when the build ends that made it, and only what is pushed can be deployed.
source "$(dirname "$0")/common.sh"

here=$(dirname "$0")
repository="$REGION-docker.pkg.dev/$PROJECT_ID/clarity"
source_archive=$(google builds describe "$BUILD_ID" --region="$REGION" \
  --format='csv[no-heading,separator="/"](source.storageSource.bucket,source.storageSource.object)')

builds=()
while read -r service; do
  google builds submit "gs://$source_archive" --region="$REGION" --config="$here/image.yaml" --suppress-logs \
    --gcs-source-staging-dir="gs://$PROJECT_ID-builds/source" \
    --substitutions="_SERVICE=$service,_COMMIT=$COMMIT,_RELEASE=$RELEASE,_IMAGE=$repository/$service:$RELEASE" &
  builds+=("$!")
done < "$DELIVERY_DIR/affected"
for build in "${builds[@]}"; do
  wait "$build"
done

: > "$DELIVERY_DIR/images"
while read -r service; do
  digest=$(google artifacts docker images describe "$repository/$service:$RELEASE" --format='value(image_summary.digest)')
  [[ $digest == sha256:* ]] || { say "$service: no digest"; exit 1; }
  image="$repository/$service@$digest"
  sbom=$(mktemp --suffix=.json)
  google storage cp "gs://$PROJECT_ID-builds/sbom/$RELEASE/$service/sbom.cdx.json" "$sbom"
  google artifacts sbom load --source="$sbom" --uri="$image" --destination="gs://$PROJECT_ID-builds/sbom/$RELEASE/$service"
  echo "$service $image" >> "$DELIVERY_DIR/images"
done < "$DELIVERY_DIR/affected"
