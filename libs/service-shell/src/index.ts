export {
  type Answer,
  type EventAnswer,
  type ServerSentEvent,
  type StreamAnswer,
  accepted,
  created,
  eventStream,
  noContent,
  ok,
  streamed,
} from './answer.ts'
export { refuseEmulatorsOnCloudRun } from './cloud-run-guard.ts'
export {
  BadEnvironment,
  type CommonConfig,
  commonEnv,
  commonEnvToConfig,
  exitOnBadEnv,
  parseEnv,
} from './environment.ts'
export { envExample } from './env-example.ts'
export { type InternalRouteDefinition, internalRoute } from './internal-route.ts'
export {
  type AnyMessage,
  type MessageDefinition,
  type PushRouteDefinition,
  messageOf,
  pushRoute,
} from './push-route.ts'
export {
  type Caller,
  type DocumentedRoute,
  type PublicRequest,
  type Route,
  type RouteDefinition,
  type SignedInRequest,
  bearerToken,
  route,
} from './route.ts'
export type { RateLimit } from './rate-limiter.ts'
export type {
  DocumentedAnswer,
  DocumentedDeclaration,
  DocumentedHeader,
  RouteDocumentation,
} from './route-documentation.ts'
export { type ReadinessCheck, heldHealth } from './readiness.ts'
export { runUntilSignal } from './run-until-signal.ts'
export { type Service, type ServiceOptions, createService } from './service.ts'
