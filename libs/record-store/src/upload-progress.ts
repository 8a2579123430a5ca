import { type StageRecord, UPLOAD_STAGES, type UploadStage } from '@clarity/contracts'
import type { Publication, UploadChange, UploadFailure, UploadRecord } from './upload-record.ts'

const MAX_REJECTIONS = 100

type Progress = Pick<UploadRecord, 'status' | 'stage' | 'stages' | 'progress'>

/** Where an upload stands that has just come in. */
export function receivedProgress(at: string): Progress {
  const stages = UPLOAD_STAGES.map((name) => (name === 'received' ? done(pending(name), at) : pending(name)))
  return { status: 'received', stage: 'received', stages, progress: share(stages) }
}

/** The record one step further; the very same object where the change adds nothing. */
export function advanced(upload: UploadRecord, change: UploadChange): UploadRecord {
  if (isDone(upload)) return upload
  const { at, stage = upload.stage, status, rejections, ...facts } = change
  const reached = Math.max(position(upload.stage), position(stage))
  const completed = status === 'completed'
  const processing = upload.status === 'processing' || status !== undefined || reached > position('stored')
  const stages = upload.stages.map((entry, index) => {
    if (index <= reached) return entry.status === 'completed' ? entry : done(entry, at)
    if (completed) return { ...entry, status: 'skipped' as const }
    return index === reached + 1 && processing ? running(entry, at) : entry
  })
  return {
    ...upload,
    ...facts,
    ...(rejections && { rejections: rejections.slice(0, MAX_REJECTIONS) }),
    status: completed ? 'completed' : processing ? 'processing' : 'received',
    stage: UPLOAD_STAGES[reached] as UploadStage,
    stages,
    progress: share(stages),
  }
}

/** The record marked as failed in the stage that was under way; unchanged where it is done already. */
export function failed(upload: UploadRecord, { at, error, shape }: UploadFailure): UploadRecord {
  if (isDone(upload)) return upload
  const stages = upload.stages.map((entry, index) =>
    index === position(upload.stage) + 1
      ? { ...running(entry, at), status: 'failed' as const, completed_at: at }
      : entry,
  )
  return { ...upload, status: 'failed', error, stages, ...(shape !== undefined && { shape }) }
}

/** A failed record put back to where the raw bytes are stored again and announced anew. */
export function restarted(upload: UploadRecord): UploadRecord {
  return upload.status === 'failed' ? { ...unread(upload), published_at: null } : upload
}

/** A record put back to where its stored bytes wait to be read, however far it had come. */
export function reprocessed(upload: UploadRecord, at: string): UploadRecord {
  return advanced(unread(upload), { at, stage: 'stored', status: 'processing' })
}

function unread({ duplicate_of: _, ...upload }: UploadRecord): UploadRecord {
  return {
    ...upload,
    ...receivedProgress(upload.received_at),
    announced: {},
    shape: null,
    samples: null,
    rejections: [],
    analysis_id: null,
    insight_id: null,
    superseded_by: null,
    error: null,
  }
}

/** A failed record put back to the stage that failed. */
export function reopened(upload: UploadRecord): UploadRecord {
  if (upload.status !== 'failed') return upload
  const stages = upload.stages.map((entry) =>
    entry.status === 'failed' ? { ...entry, status: 'running' as const, completed_at: null } : entry,
  )
  return { ...upload, status: 'processing', error: null, stages }
}

/** A record whose stored bytes are read from now on, also where that failed before; unchanged where it is completed. */
export function begun(upload: UploadRecord, publication: Publication): UploadRecord {
  return advanced(reopened(upload), { ...publication, stage: 'stored', status: 'processing' })
}

function isDone(upload: UploadRecord): boolean {
  return upload.status === 'completed' || upload.status === 'failed'
}

function position(stage: UploadStage): number {
  return UPLOAD_STAGES.indexOf(stage)
}

function pending(name: UploadStage): StageRecord {
  return { name, status: 'pending', started_at: null, completed_at: null }
}

function running(entry: StageRecord, at: string): StageRecord {
  return entry.status === 'pending' ? { ...entry, status: 'running', started_at: at } : entry
}

function done(entry: StageRecord, at: string): StageRecord {
  return { ...entry, status: 'completed', started_at: entry.started_at ?? at, completed_at: at }
}

/** Share of the stages that are behind the upload, in hundredths. */
function share(stages: readonly StageRecord[]): number {
  const behind = stages.filter(({ status }) => status === 'completed' || status === 'skipped').length
  return Math.round((behind / stages.length) * 100) / 100
}
