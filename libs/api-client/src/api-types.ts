// Generated from openapi.json by tests/generate-types.ts.
/* eslint-disable max-lines */
export interface paths {
  '/api/v1/auth/register': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Register an account */
    post: operations['postAuthRegister']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Sign in */
    post: operations['postAuthLogin']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/refresh': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Get new tokens for a refresh token */
    post: operations['postAuthRefresh']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Sign out everywhere */
    post: operations['postAuthLogout']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/verify-email': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Verify an e-mail address
     * @description With a token and no code a mail is sent; the code of that mail, sent without a token, confirms.
     */
    post: operations['postAuthVerifyEmail']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/reset-password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Set a new password
     * @description With `email` a mail is sent if the address has an account; `oob_code` is the code of that mail.
     */
    post: operations['postAuthResetPassword']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/auth/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read the own account */
    get: operations['getAuthMe']
    /** Change name or time zone */
    put: operations['putAuthMe']
    post?: never
    /**
     * Erase yourself
     * @description The account and everything held of the person is erased: uploads, days, analyses, insights and messages. This cannot be undone.
     */
    delete: operations['deleteAuthMe']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/admin/users/{id}/role': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Give a user a role
     * @description Holds at once, also for the tokens that the user has now.
     */
    put: operations['putAdminUsersByIdRole']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/upload': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Upload health data
     * @description A body of any shape that a supported client writes: at most 32 MiB on the wire and 256 MiB decompressed. It is stored as received and analysed afterwards; what became of it is told by its processing.
     */
    post: operations['postHealthDataUpload']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/resumable-uploads': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Announce a large upload
     * @description For bodies of up to 5 GiB. Send the bytes to `session_url`, whole or in chunks of a multiple of 256 KiB, as Cloud Storage’s resumable uploads are sent: `PUT` with `Content-Range`, no token; `308` tells how far it has come. Once all are there the upload goes on by itself: ask for its processing. Bytes that came before complete it with `duplicate_of`; an upload whose bytes have not come after seven days fails as `session_expired`.
     */
    post: operations['postHealthDataResumableUploads']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/processing/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** See how far an upload has come */
    get: operations['getHealthDataProcessingById']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/processing/{id}/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Watch an upload until it is done */
    get: operations['getHealthDataProcessingByIdEvents']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/summary': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read what was measured day by day */
    get: operations['getHealthDataSummary']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Read samples, or what they come to by hour or day
     * @description Oldest first. Samples that start in the time asked for, duplicates and deleted ones left out; `verdict` tells those that enter no figure (`implausible`, `unknown`). Hours and days count accepted samples alone; they are those of the zone in which a sample was lived, and each is whole. Without `start` or `end` everything held before or after is meant. A page may be shorter than `limit`: `next_cursor` alone tells whether more follows.
     */
    get: operations['getHealthData']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/uploads': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List uploads */
    get: operations['getHealthDataUploads']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/export': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Export everything that is held
     * @description One JSON object a line, `kind` first: every `sample` that is not deleted, then each `upload`, `analysis` and `insight`. The export is itself a body that can be uploaded: its samples come back as they were.
     */
    get: operations['getHealthDataExport']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/health': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Ask whether this part works */
    get: operations['getHealthDataHealth']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pat/analyze': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Analyse activity counts
     * @description Up to two weeks of activity counts, one number a minute; the body has 4 MiB at most. Rhythm measures are of all minutes; the model reads the last 10080 and abstains where there are fewer. A figure that the minutes cannot give is null, with the reason. The same request is the same analysis.
     */
    post: operations['postPatAnalyze']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pat/analyze-step-data': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Analyse steps
     * @description Steps in intervals, up to 20160 of them; the body has 4 MiB at most. They are cut into days and analysed as those of an upload: the seven days that end with the last one with samples in ten clock hours.
     */
    post: operations['postPatAnalyzeStepData']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pat/analyses': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List analyses */
    get: operations['getPatAnalyses']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pat/analysis/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read an analysis */
    get: operations['getPatAnalysisById']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pat/models/info': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read about the loaded model */
    get: operations['getPatModelsInfo']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/pat/health': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Ask whether this part works */
    get: operations['getPatHealth']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/insights/generate': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask for an insight
     * @description The stored insight where nothing changed that it rests on; else one is made. Where that takes longer than a few seconds its id is answered, and `GET /insights/{id}` tells when it is there.
     */
    post: operations['postInsightsGenerate']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/insights/status': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Ask whether this part works */
    get: operations['getInsightsStatus']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/insights/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List insights */
    get: operations['getInsightsHistory']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/insights/history/{user_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List the insights of a person */
    get: operations['getInsightsHistoryByUserId']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/insights/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Read an insight */
    get: operations['getInsightsById']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/health-data/{upload_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Delete an upload
     * @description The upload answers 404 at once. What it alone brought, and the analyses and insights that read it, go soon after; affected days are made anew. The same bytes may be sent again as a new upload.
     */
    delete: operations['deleteHealthDataByUploadId']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consents': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** List who may read the own data */
    get: operations['getConsents']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/consents/{clinician_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Let a clinician read the own data
     * @description Holds until `expires_at`, or until it is withdrawn. Takes the place of an earlier consent.
     */
    put: operations['putConsentsByClinicianId']
    post?: never
    /** Withdraw a consent */
    delete: operations['deleteConsentsByClinicianId']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}

export interface components {
  schemas: {
    Analysis: {
      analysis_id: string
      user_id: string
      upload_id: string | null
      upload_ids: string[]
      created_at: string
      digest: string
      method_version: string
      window: {
        start: string
        end: string
        timezone: string
        valid_days: number
        coverage: number
      }
      /** @enum {string} */
      signal: 'activity_counts' | 'steps'
      rhythm: {
        interdaily_stability: components['schemas']['Measure']
        intradaily_variability: components['schemas']['Measure']
        relative_amplitude: components['schemas']['Measure']
        l5: components['schemas']['Measure']
        l5_onset: components['schemas']['Measure']
        m10: components['schemas']['Measure']
        m10_onset: components['schemas']['Measure']
        cosinor_mesor: components['schemas']['Measure']
        cosinor_amplitude: components['schemas']['Measure']
        cosinor_peak: components['schemas']['Measure']
        sleep_regularity_index: components['schemas']['Measure']
        mean_interdaily_stability?: components['schemas']['Measure']
        mean_intradaily_variability?: components['schemas']['Measure']
        active_to_rest?: components['schemas']['Measure']
        rest_to_active?: components['schemas']['Measure']
      }
      activity: {
        [key: string]: components['schemas']['Measure']
      }
      sleep: {
        [key: string]: components['schemas']['Measure']
      }
      heart: {
        [key: string]: components['schemas']['Measure']
      }
      hrv: {
        [key: string]: components['schemas']['Measure']
      }
      respiration: {
        [key: string]: components['schemas']['Measure']
      }
      oxygen: {
        [key: string]: components['schemas']['Measure']
      }
      temperature?: {
        [key: string]: components['schemas']['Measure']
      }
      fitness?: {
        [key: string]: components['schemas']['Measure']
      }
      blood_pressure?: {
        [key: string]: components['schemas']['Measure']
      }
      glucose?: {
        [key: string]: components['schemas']['Measure']
      }
      baseline_deviations: {
        measure: string
        unit: string
        window_median: number | null
        window_days: number
        baseline_median: number | null
        baseline_spread: number | null
        baseline_days: number
        difference: number | null
        z: number | null
        p: number | null
        q: number | null
        stands_out: boolean
        reason?: string
      }[]
      red_flags: {
        code: string
        title: string
        measure: string
        value: number
        unit: string
        citation: string
      }[]
      pat: {
        /** @enum {string} */
        status: 'computed' | 'abstained'
        reason?: string
        /** @enum {string} */
        input: 'steps' | 'activity_counts'
        validated: boolean
        model: {
          name: string
          sha256: string
          provenance: string
        }
        standardisation: string
        embedding: number[] | null
        attention_by_hour?: number[]
        drift?: components['schemas']['Measure']
        heads: {
          [key: string]: unknown
        }
        quality: string
      }
      quality: {
        observed_minutes: number
        window_minutes: number
        imputed_share: number
        rules_examined: string[]
        days: {
          date: string
          observed_hours: number
          valid: boolean
        }[]
        non_wear_minutes?: number
      }
      sleep_regularity?: {
        [key: string]: components['schemas']['Measure']
      }
      sleep_wake?: {
        [key: string]: string
      }
    }
    Consent: {
      clinician_id: string
      granted_at: string
      expires_at: string | null
    }
    Health: {
      /** @enum {string} */
      status: 'ok' | 'unavailable'
      checks: {
        [key: string]: string
      }
    }
    Insight: {
      insight_id: string
      analysis_id: string
      /** @enum {string} */
      source: 'gemini' | 'rules'
      model: string
      prompt_version: string
      language: string
      narrative: string
      key_insights: {
        text: string
        evidence: string[]
      }[]
      recommendations: {
        text: string
        evidence: string[]
      }[]
      red_flags: {
        code: string
        title: string
        measure: string
        value: number
        unit: string
        citation: string
      }[]
      confidence: {
        value: number
        basis: string
      }
      disclaimer: string
      degraded: boolean
      generated_at: string
      trace_id: string | null
      usage: {
        input_tokens: number
        output_tokens: number
        latency_ms: number
        cached: boolean
      }
    }
    Measure: {
      value: number | string | null
      unit: string
      method: string
      reason?: string
      scale?: number
    }
    Problem: {
      /** Format: starts_with */
      type: string
      title: string
      status: number
      detail: string
      instance: string
      trace_id: string | null
      errors?: {
        path: string
        reason: string
      }[]
    }
    Processing: {
      processing_id: string
      upload_id: string
      /** @enum {string} */
      status: 'received' | 'processing' | 'completed' | 'failed'
      /** @enum {string} */
      stage: 'received' | 'stored' | 'parsed' | 'merged' | 'analysed' | 'predicted' | 'narrated'
      progress: number
      stages: {
        /** @enum {string} */
        name: 'received' | 'stored' | 'parsed' | 'merged' | 'analysed' | 'predicted' | 'narrated'
        /** @enum {string} */
        status: 'pending' | 'running' | 'completed' | 'failed' | 'skipped'
        started_at: string | null
        completed_at: string | null
      }[]
      shape: string | null
      samples: {
        accepted: number
        duplicate: number
        implausible: number
        deleted: number
        unknown: number
        rejected: number
        by_type: {
          [key: string]: number
        }
      } | null
      rejections: {
        path: string
        type: string | null
        reason: string
      }[]
      analysis_id: string | null
      insight_id: string | null
      superseded_by: string | null
      error: {
        code: string
        title: string
      } | null
      trace_id: string | null
      /** @description the earlier upload that brought these very bytes */
      duplicate_of?: string
    }
    SummaryRow: {
      date: string
      timezone: string
      steps: number | null
      distance_m: number | null
      active_energy_kcal: number | null
      basal_energy_kcal: number | null
      flights: number | null
      exercise_minutes: number | null
      stand_minutes: number | null
      heart_rate: {
        count: number
        min: number | null
        max: number | null
        mean: number | null
      }
      resting_heart_rate: number | null
      hrv_sdnn_ms: {
        count: number
        mean: number | null
      }
      respiratory_rate: {
        count: number
        mean: number | null
      }
      oxygen_saturation_percent: {
        count: number
        mean: number | null
        min: number | null
      }
      sleep: {
        night_start: string | null
        night_end: string | null
        asleep_minutes: number | null
        in_bed_minutes: number | null
        awake_minutes: number | null
        core_minutes: number | null
        deep_minutes: number | null
        rem_minutes: number | null
        unspecified_minutes: number | null
        naps_minutes: number | null
      }
      sources: string[]
      upload_ids: string[]
    }
    Tokens: {
      id_token: string
      refresh_token: string
      expires_in: number
      /** @constant */
      token_type: 'Bearer'
    }
    UploadAccepted: {
      upload_id: string
      processing_id: string
      /** @enum {string} */
      status: 'received' | 'processing' | 'completed' | 'failed'
      duplicate: boolean
      /** @enum {string} */
      format: 'json' | 'ndjson' | 'xml' | 'zip'
      bytes: number
      received_at: string
      warnings: string[]
      links: {
        status: string
        events: string
      }
    }
    User: {
      user_id: string
      email: string
      email_verified: boolean
      display_name: string | null
      /** @enum {string} */
      role: 'patient' | 'clinician' | 'researcher' | 'admin'
      permissions: (
        'read_own_data' | 'write_own_data' | 'read_patient_data' | 'manage_users' | 'system_admin'
      )[]
      timezone: string | null
      created_at: string
    }
  }
  responses: {
    /** @description The request or its body cannot be read. */
    Malformed: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description No token, or one that is expired, revoked or foreign, or whose user is disabled. */
    Unauthenticated: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description The role of the account does not allow it. */
    Forbidden: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description There is no such thing, or not for this caller. */
    NotFound: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description The body did not come in time; send it again. */
    TimedOut: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description The body is above the limit, which the answer names. */
    TooLarge: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description The media type is not taken. */
    Unsupported: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description Fields are at fault; `errors` names each. */
    Invalid: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description Too many calls. */
    RateLimited: {
      headers: {
        'Retry-After': components['headers']['Retry-After']
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description Something went wrong on our side. */
    Internal: {
      headers: {
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
    /** @description The same call may succeed later. */
    Unavailable: {
      headers: {
        'Retry-After': components['headers']['Retry-After']
        [name: string]: unknown
      }
      content: {
        'application/problem+json': components['schemas']['Problem']
      }
    }
  }
  parameters: never
  requestBodies: never
  headers: {
    /** @description The client’s own, if it sent a sane one; it finds the request in our logs. */
    'X-Request-Id': string
    /** @description Seconds to wait. */
    'Retry-After': number
  }
  pathItems: never
}

export interface operations {
  postAuthRegister: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "correct horse battery",
         *       "display_name": "Ada"
         *     }
         */
        'application/json': {
          email: string
          password: string
          display_name?: string
        }
      }
    }
    responses: {
      /** @description The account and the tokens of its first sign-in. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            user: components['schemas']['User']
            tokens: components['schemas']['Tokens']
          }
        }
      }
      400: components['responses']['Malformed']
      408: components['responses']['TimedOut']
      /** @description The e-mail has an account already. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      429: components['responses']['RateLimited']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postAuthLogin: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': {
          email: string
          password: string
        }
      }
    }
    responses: {
      /** @description The account and new tokens. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            user: components['schemas']['User']
            tokens: components['schemas']['Tokens']
          }
        }
      }
      400: components['responses']['Malformed']
      /** @description The e-mail or the password is wrong; which of them is not told. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      429: components['responses']['RateLimited']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postAuthRefresh: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "refresh_token": "the refresh_token of the last sign-in"
         *     }
         */
        'application/json': {
          refresh_token: string
        }
      }
    }
    responses: {
      /** @description New tokens of the same sign-in. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            tokens: components['schemas']['Tokens']
          }
        }
      }
      400: components['responses']['Malformed']
      /** @description The refresh token is foreign or was revoked, or the account is disabled. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      429: components['responses']['RateLimited']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postAuthLogout: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description All tokens issued so far are refused. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      401: components['responses']['Unauthenticated']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postAuthVerifyEmail: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: {
      content: {
        /** @example {} */
        'application/json': {
          oob_code?: string
        }
      }
    }
    responses: {
      /** @description The address is verified. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @constant */
            email_verified: true
          }
        }
      }
      /** @description A mail with a code is on its way. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['Malformed']
      /** @description Neither a code nor a valid token. */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      429: components['responses']['RateLimited']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postAuthResetPassword: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.com"
         *     }
         */
        'application/json': {
          email?: string
          oob_code?: string
          new_password?: string
        }
      }
    }
    responses: {
      /** @description The new password holds, and everybody who was signed in is signed out. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            /** @constant */
            password_reset: true
          }
        }
      }
      /** @description Whether a mail is on its way is not told. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['Malformed']
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      429: components['responses']['RateLimited']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getAuthMe: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The account, its role and what the role may do. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['User']
        }
      }
      401: components['responses']['Unauthenticated']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  putAuthMe: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "display_name": "Ada",
         *       "timezone": "Europe/Berlin"
         *     }
         */
        'application/json': {
          display_name?: string
          timezone?: string
        }
      }
    }
    responses: {
      /** @description The account as it is now. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['User']
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  deleteAuthMe: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The account is gone, and what was held is being erased. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "status": "erasing"
           *     }
           */
          'application/json': {
            /** @constant */
            status: 'erasing'
          }
        }
      }
      401: components['responses']['Unauthenticated']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  putAdminUsersByIdRole: {
    parameters: {
      query?: never
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "role": "clinician"
         *     }
         */
        'application/json': {
          /** @enum {string} */
          role: 'patient' | 'clinician' | 'researcher' | 'admin'
        }
      }
    }
    responses: {
      /** @description The role and what it may do. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            user_id: string
            /** @enum {string} */
            role: 'patient' | 'clinician' | 'researcher' | 'admin'
            permissions: (
              'read_own_data' | 'write_own_data' | 'read_patient_data' | 'manage_users' | 'system_admin'
            )[]
          }
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postHealthDataUpload: {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A key of the client’s own for this body; kept for 30 days.
         * @example c0ffee00-2026-4301-8a00-0000000000aa
         */
        'Idempotency-Key'?: string
        /**
         * @description IANA zone of samples that carry none.
         * @example Europe/Berlin
         */
        'X-Timezone'?: string
        /** @description `gzip` where the body is. */
        'Content-Encoding'?: string
        /** @description W3C trace context; the upload then belongs to that trace. */
        traceparent?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "data": {
         *         "metrics": [
         *           {
         *             "name": "step_count",
         *             "units": "count",
         *             "data": [
         *               {
         *                 "date": "2026-03-01 09:00:00 +0100",
         *                 "qty": 850,
         *                 "source": "Watch"
         *               }
         *             ]
         *           }
         *         ]
         *       }
         *     }
         */
        'application/json': unknown
        'application/x-ndjson': unknown
        'application/fhir+json': unknown
        'application/xml': unknown
        'text/xml': unknown
        'application/zip': unknown
      }
    }
    responses: {
      /** @description The same bytes came before. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['UploadAccepted']
        }
      }
      /** @description Stored and announced to analysis. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['UploadAccepted']
        }
      }
      /** @description Broken gzip, an empty body, or none of JSON, NDJSON, XML and zip. */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      408: components['responses']['TimedOut']
      /** @description The Idempotency-Key came with other bytes; nothing was stored. */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      /** @description The Idempotency-Key is too long. */
      422: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postHealthDataResumableUploads: {
    parameters: {
      query?: never
      header?: {
        /**
         * @description IANA zone of samples that carry none.
         * @example Europe/Berlin
         */
        'X-Timezone'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "content_type": "application/zip",
         *       "bytes": 734003200
         *     }
         */
        'application/json': {
          /** @enum {string} */
          content_type:
            | 'application/json'
            | 'application/x-ndjson'
            | 'application/fhir+json'
            | 'application/xml'
            | 'text/xml'
            | 'application/zip'
          /**
           * @description the bytes sent are those of a gzip stream
           * @constant
           */
          content_encoding?: 'gzip'
          /** @description as they are sent */
          bytes: number
        }
      }
    }
    responses: {
      /** @description Where to send the bytes, and until when. */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            upload_id: string
            session_url: string
            expires_at: string
          }
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getHealthDataProcessingById: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The stages of the upload and what became of its samples. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Processing']
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getHealthDataProcessingByIdEvents: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The processing now and after each change, one event each; ends when the upload is done. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'text/event-stream': unknown
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getHealthDataSummary: {
    parameters: {
      query: {
        /** @example 2026-03-01 */
        start: string
        /** @example 2026-03-07 */
        end: string
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description One row for every date asked; `null` where nothing was measured. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['SummaryRow'][]
          }
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getHealthData: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
        /**
         * @description metric name, or the identifier of any other type
         * @example heart_rate
         */
        type?: string
        /**
         * @description civil date in the person’s zone, or instant (RFC 3339); included
         * @example 2026-03-01
         */
        start?: string
        /**
         * @description civil date, included as a whole, or instant, not included
         * @example 2026-03-07
         */
        end?: string
        /** @example hour */
        resolution?: 'sample' | 'hour' | 'day'
        /** @description name of a source, in any case and with any kind of space and apostrophe, or its bundle id or product */
        source?: string
        limit?: number
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: (
              | {
                  /** @description UUID in upper case, else `sync:…` or `content:…` */
                  id: string
                  /** @description metric name, or the identifier as sent where the type is unknown */
                  type: string
                  /** @description RFC 3339 in UTC, with microseconds where the sample has them */
                  start: string
                  /** @description RFC 3339 in UTC, with microseconds where the sample has them */
                  end: string
                  value: number | null
                  unit: string
                  source: {
                    name: string | null
                    bundle_id: string | null
                    product: string | null
                  }
                  user_entered: boolean
                  /** @description the first by name of the uploads that brought the sample */
                  upload_id: string
                  metadata?: {
                    [key: string]: unknown
                  }
                  /** @enum {string} */
                  verdict: 'accepted' | 'duplicate' | 'deleted' | 'implausible' | 'unknown'
                  /**
                   * @description what the sample is worth by itself, where other samples or a deletion say otherwise
                   * @enum {string}
                   */
                  base_verdict?: 'accepted' | 'implausible' | 'unknown'
                  /** @description IANA name or fixed offset: the zone in which the sample was lived */
                  timezone: string
                  /** @enum {string} */
                  timezone_source: 'sample' | 'upload' | 'user' | 'offset' | 'none'
                  /** @description unit as sent */
                  unit_in?: string
                  /** @enum {string} */
                  extent?: 'missing' | 'bucket'
                  min?: number
                  max?: number
                  sync?: {
                    id: string
                    version: number
                  }
                }
              | {
                  start: string
                  end: string
                  timezone: string
                  type: string
                  /** @description samples that start in it */
                  count: number
                  min: number | null
                  max: number | null
                  mean: number | null
                  /** @description of a cumulative metric: each moment counted once over all sources */
                  sum: number | null
                  unit: string
                }
            )[]
            pagination: {
              next_cursor: string | null
              page_size: number
            }
          }
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getHealthDataUploads: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
        /** @example 2 */
        limit?: number
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of uploads, newest first. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: {
              processing_id: string
              upload_id: string
              /** @enum {string} */
              status: 'received' | 'processing' | 'completed' | 'failed'
              /** @enum {string} */
              stage: 'received' | 'stored' | 'parsed' | 'merged' | 'analysed' | 'predicted' | 'narrated'
              progress: number
              stages: {
                /** @enum {string} */
                name: 'received' | 'stored' | 'parsed' | 'merged' | 'analysed' | 'predicted' | 'narrated'
                /** @enum {string} */
                status: 'pending' | 'running' | 'completed' | 'failed' | 'skipped'
                started_at: string | null
                completed_at: string | null
              }[]
              shape: string | null
              samples: {
                accepted: number
                duplicate: number
                implausible: number
                deleted: number
                unknown: number
                rejected: number
                by_type: {
                  [key: string]: number
                }
              } | null
              rejections: {
                path: string
                type: string | null
                reason: string
              }[]
              analysis_id: string | null
              insight_id: string | null
              superseded_by: string | null
              error: {
                code: string
                title: string
              } | null
              trace_id: string | null
              /** @description the earlier upload that brought these very bytes */
              duplicate_of?: string
              format: ('json' | 'ndjson' | 'xml' | 'zip') | null
              content_type: string
              content_encoding: 'gzip' | null
              bytes: number
              timezone: string | null
              received_at: string
            }[]
            pagination: {
              next_cursor: string | null
              page_size: number
            }
          }
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getHealthDataExport: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The lines, as they are read. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/x-ndjson': unknown
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getHealthDataHealth: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description How things are; also where they are not well. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "checks": {
           *         "record_store": "ok",
           *         "raw_store": "ok",
           *         "event_bus": "ok"
           *       }
           *     }
           */
          'application/json': components['schemas']['Health']
        }
      }
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postPatAnalyze: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "start": "2026-03-01T22:00:00+01:00",
         *       "timezone": "Europe/Berlin",
         *       "activity": [
         *         12,
         *         0,
         *         0,
         *         null,
         *         148,
         *         306
         *       ],
         *       "scoring": [
         *         "cole-kripke-1992-mean"
         *       ],
         *       "include": [
         *         "epochs"
         *       ],
         *       "count_scale": 100,
         *       "count_cap": 300
         *     }
         */
        'application/json': {
          /**
           * Format: date-time
           * @description The first minute; bins begin with it.
           */
          start: string
          /** @description IANA zone in which days begin and clock times are told. */
          timezone: string
          /** @description One number a minute, `null` where nothing was observed; zeros count as worn. */
          activity: (number | null)[]
          /** @description `epochs` adds `sleep_wake` to this answer. */
          include?: 'epochs'[]
          /** @description Sleep/wake scorings to make. */
          scoring?: (
            | 'cole-kripke-1992-mean'
            | 'cole-kripke-1992-10s'
            | 'sadeh-1994'
            | 'oakley-1997-20'
            | 'oakley-1997-40'
            | 'oakley-1997-80'
            | 'scripps-2010'
          )[]
          /** @description What counts are divided by before they are scored; 1 unless told. */
          count_scale?: number
          /** @description What divided counts are cut at before they are scored. */
          count_cap?: number
        }
      }
    }
    responses: {
      /** @description The analysis, which is stored and listed. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Analysis']
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postPatAnalyzeStepData: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "timezone": "Europe/Berlin",
         *       "samples": [
         *         {
         *           "start": "2026-03-01T09:00:00+01:00",
         *           "end": "2026-03-01T09:10:00+01:00",
         *           "steps": 850
         *         },
         *         {
         *           "start": "2026-03-01T10:00:00+01:00",
         *           "end": "2026-03-01T10:05:00+01:00",
         *           "steps": 120
         *         }
         *       ]
         *     }
         */
        'application/json': {
          /** @description IANA zone in which days begin and clock times are told. */
          timezone: string
          /** @description In any order, all of one device; a repeated sample counts once. */
          samples: {
            /** Format: date-time */
            start: string
            /** Format: date-time */
            end: string
            steps: number
          }[]
        }
      }
    }
    responses: {
      /** @description The analysis, which is stored and listed. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Analysis']
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getPatAnalyses: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
        /** @example 2 */
        limit?: number
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of analyses, newest first. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Analysis'][]
            pagination: {
              next_cursor: string | null
              page_size: number
            }
          }
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getPatAnalysisById: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The measures of one window of days. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Analysis']
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getPatModelsInfo: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The manifest of the actigraphy transformer. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            name: string
            architecture: string
            /** @enum {string} */
            size: 'S' | 'M' | 'L'
            sha256: string
            parameters: number
            provenance: string
            licence: string
            inputs: {
              name: string
              type: string
              shape: (string | number)[]
            }[]
            outputs: {
              name: string
              type: string
              shape: (string | number)[]
            }[]
            heads: {
              [key: string]: unknown
            }
            quality: {
              beats_baselines: boolean
              summary: string
            } | null
            reference: {
              name: string
              /** @enum {string} */
              unit: 'activity_counts' | 'steps'
              provenance: string
              sha256: string
            } | null
          }
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getPatHealth: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description How things are; also where they are not well. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "checks": {
           *         "record_store": "ok",
           *         "analysis": "ok"
           *       }
           *     }
           */
          'application/json': components['schemas']['Health']
        }
      }
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  postInsightsGenerate: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "analysis_id": "an1",
         *       "language": "en",
         *       "insight_type": "summary",
         *       "context": "A week of late shifts."
         *     }
         */
        'application/json': {
          /** @description The analysis to explain. */
          analysis_id: string
          /** @description What the person says of these days, in their own words; told to the model, never cited. */
          context?: string
          /** @description Language tag; `en` and its regions. */
          language?: string
          /**
           * @description `summary` unless told.
           * @enum {string}
           */
          insight_type?: 'summary' | 'sleep' | 'rhythm' | 'activity' | 'vitals'
        }
      }
    }
    responses: {
      /** @description The insight. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Insight']
        }
      }
      /** @description It is being made. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            insight_id: string
            /** @constant */
            status: 'pending'
          }
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      /** @description There is no such analysis, or not of this caller. */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getInsightsStatus: {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description How things are; also where they are not well. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "checks": {
           *         "record_store": "ok",
           *         "insight": "ok"
           *       }
           *     }
           */
          'application/json': components['schemas']['Health']
        }
      }
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getInsightsHistory: {
    parameters: {
      query?: {
        /** @example 2 */
        limit?: number
        cursor?: string
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of insights, newest first. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Insight'][]
            pagination: {
              next_cursor: string | null
              page_size: number
            }
          }
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getInsightsHistoryByUserId: {
    parameters: {
      query?: {
        /** @example 2 */
        limit?: number
        cursor?: string
      }
      header?: never
      path: {
        user_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of insights, newest first. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Insight'][]
            pagination: {
              next_cursor: string | null
              page_size: number
            }
          }
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getInsightsById: {
    parameters: {
      query?: {
        /** @description whose data, for a clinician with that person’s consent; the caller’s own without it */
        user_id?: string
      }
      header?: never
      path: {
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The insight. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': components['schemas']['Insight']
        }
      }
      /** @description It is still being made. */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            insight_id: string
            /** @constant */
            status: 'pending'
          }
        }
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  deleteHealthDataByUploadId: {
    parameters: {
      query?: never
      header?: never
      path: {
        upload_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The upload is deleted. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  getConsents: {
    parameters: {
      query?: {
        limit?: number
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of consents, newest first. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/json': {
            data: components['schemas']['Consent'][]
            pagination: {
              next_cursor: string | null
              page_size: number
            }
          }
        }
      }
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  putConsentsByClinicianId: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @example dr-lovelace */
        clinician_id: string
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "expires_at": "2100-01-01T00:00:00Z"
         *     }
         */
        'application/json': {
          expires_at?: string | null
        }
      }
    }
    responses: {
      /** @description Whoever has this id and the role of a clinician may read. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      408: components['responses']['TimedOut']
      413: components['responses']['TooLarge']
      415: components['responses']['Unsupported']
      422: components['responses']['Invalid']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
  deleteConsentsByClinicianId: {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @example dr-lovelace */
        clinician_id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description There is no such consent any more; also where there was none. */
      204: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      400: components['responses']['Malformed']
      401: components['responses']['Unauthenticated']
      403: components['responses']['Forbidden']
      404: components['responses']['NotFound']
      500: components['responses']['Internal']
      503: components['responses']['Unavailable']
    }
  }
}
