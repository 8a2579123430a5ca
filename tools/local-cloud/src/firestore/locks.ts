import type { ResourcePath } from './resource-names.ts'
import { type Scope, contains, isBelow, samePath } from './scopes.ts'
import { StatusError, contention } from './status.ts'

/** What a transaction has read or is about to write: one document, or everything a query could ever find. */
export type LockTarget = { readonly document: ResourcePath } | { readonly scope: Scope }

/** Identity of whoever holds locks: a transaction, or a write outside of any. */
export type LockOwner = object

interface Claim {
  readonly owner: LockOwner
  readonly targets: readonly LockTarget[]
}

interface Waiter extends Claim {
  readonly settle: (error?: StatusError) => void
}

const WAIT_LIMIT_MS = 30_000

/**
 * Exclusive locks, also for reads: two transactions that read one document and then write it run one after the
 * other, where shared locks would make one of them fail.
 */
export class LockTable {
  readonly #held = new Map<LockOwner, readonly LockTarget[]>()
  readonly #waitLimitMs: number
  #queue: readonly Waiter[] = []

  constructor(waitLimitMs = WAIT_LIMIT_MS) {
    this.#waitLimitMs = waitLimitMs
  }

  /**
   * Waits until nobody else holds what conflicts with `targets`, first come, first served, then holds them until
   * `release`. Fails with ABORTED when waiting would close a circle or lasts too long, CANCELLED on `signal`.
   */
  async acquire(owner: LockOwner, targets: readonly LockTarget[], signal?: AbortSignal): Promise<void> {
    const claim = { owner, targets }
    if (signal?.aborted) throw cancelled()
    if (this.#isFree(claim, this.#queue)) return this.#grant(claim)
    if (this.#closesCircle(claim)) throw contention()
    await this.#wait(claim, signal)
  }

  /** Frees all that the owner holds, and fails what it still waits for with ABORTED. */
  release(owner: LockOwner): void {
    this.#held.delete(owner)
    const abandoned = this.#queue.filter((waiter) => waiter.owner === owner)
    this.#queue = this.#queue.filter((waiter) => waiter.owner !== owner)
    for (const waiter of abandoned) waiter.settle(contention())
    this.#wake()
  }

  #wait(claim: Claim, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (error: StatusError) => {
        this.#queue = this.#queue.filter((other) => other !== waiter)
        waiter.settle(error)
        this.#wake()
      }
      const timer = setTimeout(() => leave(contention()), this.#waitLimitMs).unref()
      const cancel = () => leave(cancelled())
      const waiter: Waiter = {
        ...claim,
        settle(error) {
          clearTimeout(timer)
          signal?.removeEventListener('abort', cancel)
          if (error) reject(error)
          else resolve()
        },
      }
      signal?.addEventListener('abort', cancel)
      this.#queue = [...this.#queue, waiter]
    })
  }

  #wake(): void {
    const waiting: Waiter[] = []
    const ready: Waiter[] = []
    for (const waiter of this.#queue) {
      if (this.#isFree(waiter, waiting)) {
        this.#grant(waiter)
        ready.push(waiter)
      } else waiting.push(waiter)
    }
    this.#queue = waiting
    for (const waiter of ready) waiter.settle()
  }

  #grant({ owner, targets }: Claim): void {
    this.#held.set(owner, [...(this.#held.get(owner) ?? []), ...targets])
  }

  /** Owners that hold locks pass those ahead in the queue, who may be waiting for them. */
  #isFree(claim: Claim, ahead: readonly Claim[]): boolean {
    if (this.#blockers(claim).length > 0) return false
    return (
      this.#held.has(claim.owner) ||
      !ahead.some((other) => other.owner !== claim.owner && clash(other, claim))
    )
  }

  #blockers(claim: Claim): LockOwner[] {
    const others = [...this.#held].filter(([owner]) => owner !== claim.owner)
    return others.filter(([owner, targets]) => clash({ owner, targets }, claim)).map(([owner]) => owner)
  }

  #closesCircle(claim: Claim): boolean {
    const seen = new Set<LockOwner>()
    const pending = this.#blockers(claim)
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === claim.owner) return true
      if (seen.has(next)) continue
      seen.add(next)
      for (const waiter of this.#queue) if (waiter.owner === next) pending.push(...this.#blockers(waiter))
    }
    return false
  }
}

function cancelled(): StatusError {
  return new StatusError('CANCELLED', 'The caller went away.')
}

function clash(a: Claim, b: Claim): boolean {
  return a.targets.some((left) => b.targets.some((right) => overlaps(left, right)))
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
