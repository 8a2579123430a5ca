import type { ResourcePath } from './resource-names.ts'
import { type Scope, contains, isBelow, samePath } from './scopes.ts'
import { StatusError, contention } from './status.ts'

/** What a transaction has read or is about to write: one document, or everything a query could ever find. */
export type LockTarget = { readonly document: ResourcePath } | { readonly scope: Scope }

/** Identity of whoever holds locks: a transaction, or a write outside of any. */
export type LockOwner = object

export interface LockTable {
  /**
   * Waits until nobody else holds what conflicts with `targets`, first come, first served, then holds them until
   * `release`. Fails with ABORTED when waiting would close a circle or lasts too long, CANCELLED on `signal`.
   */
  acquire(owner: LockOwner, targets: readonly LockTarget[], signal?: AbortSignal): Promise<void>
  release(owner: LockOwner): void
}

interface Waiter {
  readonly owner: LockOwner
  readonly targets: readonly LockTarget[]
  readonly settle: (error?: StatusError) => void
}

/**
 * Exclusive locks, also for reads: two transactions that read one document and then write it run one after the
 * other, where shared locks would make one of them fail.
 */
export function createLockTable(waitMs = 30_000): LockTable {
  const held = new Map<LockOwner, LockTarget[]>()
  let queue: Waiter[] = []

  const blockers = (owner: LockOwner, targets: readonly LockTarget[]) =>
    [...held].filter(([other, locks]) => other !== owner && conflict(locks, targets)).map(([other]) => other)

  // Owners that hold locks pass the queue: whoever waits before them may be waiting for them.
  const mustQueue = ({ owner, targets }: Pick<Waiter, 'owner' | 'targets'>, ahead: readonly Waiter[]) =>
    !held.has(owner) && ahead.some((other) => other.owner !== owner && conflict(other.targets, targets))

  const closesCircle = (owner: LockOwner, targets: readonly LockTarget[]) => {
    const seen = new Set<LockOwner>()
    const pending = blockers(owner, targets)
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === owner) return true
      if (seen.has(next)) continue
      seen.add(next)
      for (const waiter of queue) {
        if (waiter.owner === next) pending.push(...blockers(waiter.owner, waiter.targets))
      }
    }
    return false
  }

  const grant = (owner: LockOwner, targets: readonly LockTarget[]) =>
    void held.set(owner, [...(held.get(owner) ?? []), ...targets])

  const wake = () => {
    const waiting: Waiter[] = []
    const ready: Waiter[] = []
    for (const waiter of queue) {
      if (blockers(waiter.owner, waiter.targets).length > 0 || mustQueue(waiter, waiting))
        waiting.push(waiter)
      else {
        grant(waiter.owner, waiter.targets)
        ready.push(waiter)
      }
    }
    queue = waiting
    for (const waiter of ready) waiter.settle()
  }

  return {
    async acquire(owner, targets, signal) {
      if (signal?.aborted) throw new StatusError('CANCELLED', 'The caller went away.')
      if (blockers(owner, targets).length === 0 && !mustQueue({ owner, targets }, queue))
        return grant(owner, targets)
      if (closesCircle(owner, targets)) throw contention()
      await new Promise<void>((resolve, reject) => {
        const give = (error: StatusError) => () => waiter.settle(error)
        const timer = setTimeout(give(contention()), waitMs)
        const cancel = give(new StatusError('CANCELLED', 'The caller went away.'))
        const waiter: Waiter = {
          owner,
          targets,
          settle(error) {
            clearTimeout(timer)
            signal?.removeEventListener('abort', cancel)
            if (!error) return resolve()
            queue = queue.filter((other) => other !== waiter)
            reject(error)
            wake()
          },
        }
        signal?.addEventListener('abort', cancel)
        queue.push(waiter)
      })
    },
    release(owner) {
      held.delete(owner)
      wake()
    },
  }
}

function conflict(a: readonly LockTarget[], b: readonly LockTarget[]): boolean {
  return a.some((left) => b.some((right) => overlaps(left, right)))
}

function overlaps(a: LockTarget, b: LockTarget): boolean {
  if ('document' in a) {
    return 'document' in b ? samePath(a.document, b.document) : contains(b.scope, a.document)
  }
  if ('document' in b) return contains(a.scope, b.document)
  const [left, right] = [a.scope, b.scope]
  const sameKind =
    left.collectionId === undefined ||
    right.collectionId === undefined ||
    left.collectionId === right.collectionId
  return sameKind && (isBelow(left.parent, right.parent) || isBelow(right.parent, left.parent))
}
