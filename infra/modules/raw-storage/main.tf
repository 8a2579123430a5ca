# No versioning: analysis deletes exactly the generation that a person asked to have deleted, and a version kept
# behind it would outlive the erasure. Soft delete gives seven days to heal a mistake.
resource "google_storage_bucket" "this" {
  project                     = var.project_id
  name                        = var.bucket_name
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  encryption {
    default_kms_key_name = var.kms_key_id
  }

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  # Age changes the price of the bytes, never whether they are there.
  dynamic "lifecycle_rule" {
    for_each = { NEARLINE = 30, COLDLINE = 90, ARCHIVE = 365 }

    content {
      action {
        type          = "SetStorageClass"
        storage_class = lifecycle_rule.key
      }
      condition {
        age            = lifecycle_rule.value
        matches_prefix = ["raw/", "incoming/"]
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_storage_bucket_iam_member" "grants" {
  for_each = var.grants

  bucket = google_storage_bucket.this.name
  role   = each.value.role
  member = "serviceAccount:${each.value.email}"
}

resource "google_pubsub_topic_iam_member" "notifications" {
  project = var.project_id
  topic   = var.finalized_topic
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:service-${var.project_number}@gs-project-accounts.iam.gserviceaccount.com"
}

resource "google_storage_notification" "resumable_uploads" {
  bucket             = google_storage_bucket.this.name
  topic              = var.finalized_topic
  payload_format     = "JSON_API_V1"
  event_types        = ["OBJECT_FINALIZE"]
  object_name_prefix = "incoming/"

  depends_on = [google_pubsub_topic_iam_member.notifications]
}
