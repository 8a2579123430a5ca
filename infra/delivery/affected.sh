#!/usr/bin/env bash
# Which services differ from what they run, and whether each of them can be built.
source "$(dirname "$0")/common.sh"

# A clone that is not deep enough gets its past; where that is not to be had, everything counts as changed.
knows() {
  git cat-file -e "$1^{commit}" 2> /dev/null ||
    { git fetch --quiet --unshallow origin && git cat-file -e "$1^{commit}"; } 2> /dev/null
}

changed() {
  local service=$1 base=$2 projects
  [[ $base == none ]] && return
  # Going back to an older commit is a change as well.
  knows "$base" && git merge-base --is-ancestor "$base" "$COMMIT" || return 0
  projects=$(npx nx show projects --affected --withTarget=build --base="$base" --head="$COMMIT" < /dev/null) || exit 1
  grep --quiet --line-regexp "@clarity/$service" <<< "$projects"
}

: > "$DELIVERY_DIR/affected"
while read -r service base; do
  if changed "$service" "$base"; then
    say "$service: changed since $base"
    echo "$service" >> "$DELIVERY_DIR/affected"
    npx nx run "@clarity/$service:build" --output-style=static < /dev/null
  else
    say "$service: as it runs"
  fi
done < "$DELIVERY_DIR/serving"
