// Loaded before anything else by `node --import`: starts OpenTelemetry so that what is imported later is traced.
