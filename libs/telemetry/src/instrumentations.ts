import { ExpressInstrumentation, ExpressLayerType } from '@opentelemetry/instrumentation-express'
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PinoInstrumentation } from '@opentelemetry/instrumentation-pino'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'

const PROBES = /^\/(health|ready|metrics)(\?|$)/

/** What the services are traced through: HTTP in and out, Express routes, gRPC clients, and trace ids in log lines. */
export function createInstrumentations() {
  return [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url = '' }) => PROBES.test(url),
      requireParentforOutgoingSpans: true,
    }),
    new ExpressInstrumentation({ ignoreLayersType: [ExpressLayerType.MIDDLEWARE, ExpressLayerType.ROUTER] }),
    new UndiciInstrumentation({ requireParentforSpans: true }),
    new GrpcInstrumentation(),
    new PinoInstrumentation({ disableLogSending: true }),
  ]
}
