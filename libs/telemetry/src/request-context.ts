import { AsyncLocalStorage } from 'node:async_hooks'
import { pseudonym } from './pseudonym.ts'

/** What every log line of a request names. The user is kept as a pseudonym alone. */
export interface RequestContext {
  readonly request_id?: string
  readonly upload_id?: string
  readonly analysis_id?: string
  readonly insight_id?: string
  readonly message_id?: string
  readonly user?: string
}

/** As the context, with the user's id, which is replaced by its pseudonym before it is kept. */
type ContextFields = Omit<RequestContext, 'user'> & { readonly user_id?: string }

const storage = new AsyncLocalStorage<{ context: RequestContext }>()

/** Runs `work` with these fields added to the context of the caller. */
export function runWithContext<T>(fields: ContextFields, work: () => T): T {
  return storage.run({ context: { ...currentContext(), ...kept(fields) } }, work)
}

/** Adds fields to the running request's context; without one it does nothing. */
export function setContext(fields: ContextFields): void {
  const store = storage.getStore()
  if (store !== undefined) store.context = { ...store.context, ...kept(fields) }
}

/** The running request's context; empty outside a request. */
export function currentContext(): RequestContext {
  return storage.getStore()?.context ?? {}
}

function kept({ user_id, ...rest }: ContextFields): RequestContext {
  return user_id === undefined ? rest : { ...rest, user: pseudonym(user_id) }
}
