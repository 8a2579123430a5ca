# Who read or wrote what, for every service of Google's in the project.
resource "google_project_iam_audit_config" "all" {
  project = var.project_id
  service = "allServices"

  dynamic "audit_log_config" {
    for_each = toset(["ADMIN_READ", "DATA_READ", "DATA_WRITE"])

    content {
      log_type = audit_log_config.key
    }
  }
}

# Locked: nobody, the project's owner included, can shorten the retention or delete the bucket before it ends.
resource "google_logging_project_bucket_config" "audit" {
  project        = var.project_id
  location       = var.region
  bucket_id      = "clarity-audit"
  description    = "Audit logs."
  retention_days = var.retention_days
  locked         = true

  cmek_settings {
    kms_key_name = var.kms_key_id
  }
}

resource "google_logging_project_sink" "audit" {
  project                = var.project_id
  name                   = "clarity-audit"
  description            = "Audit logs, kept apart."
  destination            = "logging.googleapis.com/projects/${var.project_id}/locations/${var.region}/buckets/${google_logging_project_bucket_config.audit.bucket_id}"
  filter                 = "logName:\"cloudaudit.googleapis.com\""
  unique_writer_identity = true
}

# The services write allow-listed fields alone. Should one ever write more, the entry is not kept; the metric of what
# was caught counts excluded entries too, and an alert watches it.
locals {
  private_patterns = {
    token = "eyJ[A-Za-z0-9_-]{8,}[.][A-Za-z0-9_-]{8,}[.]"
    email = "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.](com|org|net|edu|health|io|de|uk)"
    value = "HK(Quantity|Category|Correlation)TypeIdentifier"
  }

  private_filters = {
    for name, pattern in local.private_patterns :
    name => "(textPayload=~\"${pattern}\" OR jsonPayload.message=~\"${pattern}\" OR jsonPayload.reason=~\"${pattern}\" OR jsonPayload.err.message=~\"${pattern}\")"
  }

  private_filter = "resource.type=\"cloud_run_revision\" AND (${join(" OR ", values(local.private_filters))})"
}

resource "google_logging_project_exclusion" "private" {
  project     = var.project_id
  name        = "clarity-private"
  description = "Lines of the services that hold a token, an e-mail address or a piece of a HealthKit body."
  filter      = local.private_filter
}

resource "google_logging_project_exclusion" "probes" {
  project     = var.project_id
  name        = "clarity-probes"
  description = "Requests of Cloud Run's probes."
  filter      = "resource.type=\"cloud_run_revision\" AND logName:\"run.googleapis.com%2Frequests\" AND httpRequest.requestUrl=~\"/(health|ready)$\" AND httpRequest.status=200"
}
