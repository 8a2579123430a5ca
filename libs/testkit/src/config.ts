const PASSED_ON = ['PATH', 'HOME', 'TZ', 'TMPDIR', 'LOG_LEVEL', 'OTEL_TRACES_EXPORTER', 'TRACE_SAMPLE_RATIO']

/** The variables of this process that services started here inherit; nothing else leaks into them. */
export const testkitConfig = {
  inherited: Object.fromEntries(
    PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  ) as Record<string, string>,
}
