# What the services say has happened: one entry for each line that an `events.ts` writes, by its message, with the
# fields that become labels. A service's file and this list must name the same messages.
locals {
  events = {
    account_used          = { service = "ingestion", message = "account used", labels = ["action"] }
    upload_announced      = { service = "ingestion", message = "upload announced", labels = ["format", "duplicate"] }
    upload_deleted        = { service = "ingestion", message = "upload deleted", labels = [] }
    late_bytes_discarded  = { service = "ingestion", message = "late bytes discarded", labels = [] }
    upload_repeated       = { service = "ingestion", message = "upload repeated", labels = ["format"] }
    upload_awaited        = { service = "ingestion", message = "upload awaited", labels = [] }
    arrival_rejected      = { service = "ingestion", message = "arrival rejected", labels = ["failure_code"] }
    arrival_exhausted     = { service = "ingestion", message = "arrival given up after the last delivery attempt", labels = [] }
    upload_read           = { service = "analysis", message = "upload read", labels = ["shape"] }
    upload_analysed       = { service = "analysis", message = "upload analysed", labels = ["stage", "existed"] }
    request_analysed      = { service = "analysis", message = "request analysed", labels = ["stage", "existed"] }
    upload_empty          = { service = "analysis", message = "upload held nothing to analyse", labels = [] }
    upload_removed        = { service = "analysis", message = "deleted upload removed", labels = [] }
    user_erased           = { service = "analysis", message = "person erased", labels = [] }
    removal_rejected      = { service = "analysis", message = "removal rejected", labels = ["failure_code"] }
    removal_exhausted     = { service = "analysis", message = "removal given up after the last delivery attempt", labels = [] }
    upload_rejected       = { service = "analysis", message = "upload rejected", labels = ["failure_code"] }
    upload_exhausted      = { service = "analysis", message = "upload given up after the last delivery attempt", labels = [] }
    insight_generated     = { service = "insight", message = "insight generated", labels = ["source", "degraded", "model"] }
    upload_narrated       = { service = "insight", message = "upload narrated", labels = [] }
    model_answer_refused  = { service = "insight", message = "model answer refused", labels = ["attempt"] }
    model_answer_withheld = { service = "insight", message = "model gave no answer", labels = ["reason"] }
    analysis_superseded   = { service = "insight", message = "analysis superseded", labels = [] }
    narration_rejected    = { service = "insight", message = "narration rejected", labels = ["failure_code"] }
    narration_exhausted   = { service = "insight", message = "narration exhausted", labels = [] }
  }

  # Amounts that those lines carry, as distributions.
  amounts = {
    upload_bytes  = { event = "upload_announced", field = "bytes", unit = "By", scale = 1024, labels = ["format"] }
    input_tokens  = { event = "insight_generated", field = "input_tokens", unit = "1", scale = 16, labels = ["model"] }
    output_tokens = { event = "insight_generated", field = "output_tokens", unit = "1", scale = 16, labels = ["model"] }
  }

  filters = {
    for name, event in local.events : name =>
    "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${event.service}\" AND jsonPayload.message=\"${event.message}\""
  }
}
