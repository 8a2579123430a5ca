const LINKS: readonly [string, string][] = [
  ['/admin/state', 'topics, collections, buckets, users'],
  ['/admin/traces', 'the latest traces'],
  ['/admin/metrics', 'the latest value of each metric'],
  ['/admin/logs', 'the latest log records'],
  ['/admin/faults', 'the faults that are armed'],
  ['/health', 'whether it runs'],
]

/** The page at the root of the admin port: where to look. */
export function indexPage({ projectId }: { readonly projectId: string }): string {
  const items = LINKS.map(([path, text]) => `<li><a href="${path}">${path}</a> – ${text}</li>`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Local cloud</title>
<style>body { font: 16px/1.6 system-ui; margin: 3rem auto; max-width: 40rem }</style>
<h1>Local cloud</h1>
<p>Project <code>${projectId.replace(/[^\w-]/g, '')}</code></p>
<ul>${items.join('')}</ul>
</html>
`
}
