resource "google_firestore_database" "this" {
  project     = var.project_id
  name        = "(default)"
  location_id = var.region
  type        = "FIRESTORE_NATIVE"

  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
  deletion_policy                   = "ABANDON"

  cmek_config {
    kms_key_name = var.kms_key_id
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_firestore_backup_schedule" "daily" {
  project   = var.project_id
  database  = google_firestore_database.this.name
  retention = "${var.backup_retention_days * 86400}s"

  daily_recurrence {}
}

# Keys of idempotent uploads are forgotten thirty days after their upload.
resource "google_firestore_field" "upload_keys_expire" {
  project    = var.project_id
  database   = google_firestore_database.this.name
  collection = "upload-keys"
  field      = "expires_at"

  ttl_config {}

  # Times that only grow would make one hot range of an index that no query reads.
  index_config {}
}

# The services query one field at a time, inside one person's collections, ordered by that field or by name: the indexes
# that Firestore makes by itself serve that, so there is no composite one. An upload that is made anew is looked for by
# its id among everybody's, which takes an index over all collections of that name.
resource "google_firestore_field" "uploads_by_id" {
  project    = var.project_id
  database   = google_firestore_database.this.name
  collection = "uploads"
  field      = "upload_id"

  index_config {
    dynamic "indexes" {
      for_each = toset(["COLLECTION", "COLLECTION_GROUP"])

      content {
        order       = "ASCENDING"
        query_scope = indexes.key
      }
    }
  }
}

# Packed lists and marks of identities are read with their documents; an index over bytes would only cost.
resource "google_firestore_field" "packed_bytes" {
  for_each = toset(["parts/bytes", "sample-days/bytes", "sample-days/identities", "tombstones/bytes"])

  project    = var.project_id
  database   = google_firestore_database.this.name
  collection = split("/", each.key)[0]
  field      = split("/", each.key)[1]

  index_config {}
}

resource "google_firebaserules_ruleset" "this" {
  project = var.project_id

  source {
    files {
      name    = "firestore.rules"
      content = var.rules
    }
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [google_firestore_database.this]
}

resource "google_firebaserules_release" "this" {
  project      = var.project_id
  name         = "cloud.firestore"
  ruleset_name = "projects/${var.project_id}/rulesets/${google_firebaserules_ruleset.this.name}"
}
