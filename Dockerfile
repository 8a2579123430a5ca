# syntax=docker/dockerfile:1
# One image a service: docker build --build-arg SERVICE=ingestion --platform linux/amd64 .

FROM gcr.io/distroless/nodejs24-debian13:nonroot AS runtime

# The workspace as a clone has it, and what its lockfile names.
FROM node:24.21.0-trixie-slim AS workspace
WORKDIR /workspace
COPY . .
RUN npm ci --no-audit --no-fund

# The service bundled, its lockfile pruned to the packages that stay packages, and those installed.
FROM workspace AS tree
ARG SERVICE
ENV NX_DAEMON=false
RUN npm run build -- "$SERVICE" --out /app
RUN npm sbom --workspace "apps/$SERVICE" --omit dev --sbom-format cyclonedx > /app/sbom.cdx.json
WORKDIR /app
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
RUN node /workspace/tools/images/src/slim.ts /app
# The compile cache is good for exactly one version of Node and its flags, those that will run. Without an environment
# the service loads all of its modules, says what is missing and ends; one that breaks before that ends the build.
COPY --from=runtime /nodejs/bin/node /usr/local/bin/runtime-node
RUN NODE_COMPILE_CACHE=/app/compile-cache runtime-node --expose-gc --max-semi-space-size=4 --no-parallel-scavenge \
    --heap-growing-percent=300 --import ./preload.js ./main.js 2>&1 | grep GOOGLE_CLOUD_PROJECT

FROM runtime AS service
ARG SERVICE
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="clarity-$SERVICE" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.source="$SOURCE" \
      org.opencontainers.image.licenses="UNLICENSED"
WORKDIR /app
COPY --from=tree /app /app
ENV NODE_COMPILE_CACHE=/app/compile-cache
# What is freed goes back to the system: threads share two arenas, and larger buffers are mapped one by one.
ENV MALLOC_ARENA_MAX=2
ENV MALLOC_MMAP_THRESHOLD_=131072
USER nonroot
EXPOSE 8080
CMD ["--expose-gc", "--max-semi-space-size=4", "--no-parallel-scavenge", "--heap-growing-percent=300", \
     "--import", "/app/preload.js", "/app/main.js"]
