import { GoogleError } from '../http/google-error.ts'
import { sendJson } from '../http/send-json.ts'
import { existingBucket } from './bucket-routes.ts'
import { objectResource } from './object-resource.ts'
import { cancelResumableUpload, createResumableUploads, startResumableUpload } from './resumable-upload.ts'
import { uploadMedia, uploadMultipart } from './simple-upload.ts'
import type { StorageCall, StorageOperation } from './storage-operation.ts'
import type { StorageParts } from './storage-parts.ts'
import type { StoredObject } from './store.ts'

/** The uploads, by operation name; `objects.resume` are the calls on a resumable session's URL. */
export function uploadOperations(parts: StorageParts) {
  const continueResumableUpload = createResumableUploads(parts)

  const insertObject: StorageOperation = async (call) => {
    existingBucket(call.store, call.request.params['bucket'])
    const uploadType = call.request.query.get('uploadType')
    if (uploadType === 'resumable') return startResumableUpload(call, call.request, call.response)
    if (uploadType === 'media') return sendObject(call, await uploadMedia(call, call.request))
    if (uploadType === 'multipart') return sendObject(call, await uploadMultipart(call, call.request))
    throw new GoogleError(400, 'badRequest', 'Missing or unknown uploadType.')
  }

  const resumeObject: StorageOperation = async (call) => {
    const object = await continueResumableUpload(call.request, call.response)
    if (object) sendObject(call, object)
  }

  const cancelObject: StorageOperation = (call) => cancelResumableUpload(call, call.request, call.response)

  const path = '/b/:bucket/o'
  return {
    'objects.insert': [{ method: 'POST', path, run: insertObject }],
    'objects.resume': [
      { method: 'PUT', path, run: resumeObject },
      { method: 'DELETE', path, run: cancelObject },
    ],
  } as const
}

function sendObject({ response, origin }: StorageCall, object: StoredObject): void {
  sendJson(response, { body: objectResource(object, origin) })
}
