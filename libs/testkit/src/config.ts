const PASSED_ON = ['PATH', 'HOME', 'TZ', 'TMPDIR', 'LOG_LEVEL', 'OTEL_TRACES_EXPORTER', 'TRACE_SAMPLE_RATIO']

// The clients with which this process provisions the local cloud need no token: they must not look for one.
process.env.METADATA_SERVER_DETECTION ??= 'none'

/** The variables of this process that services started here inherit; nothing else leaks into them. */
export const testkitConfig = {
  inherited: Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  ) as Record<string, string>,
}
