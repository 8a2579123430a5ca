mock_provider "google" {}

variables {
  project_id     = "clarity-test"
  project_number = "123456789012"
  region         = "us-central1"
  kms_key_id     = "projects/clarity-test/locations/us-central1/keyRings/clarity/cryptoKeys/any"

  bucket_name     = "clarity-test-raw"
  finalized_topic = "projects/clarity-test/topics/raw-upload-finalized"
  grants = {
    ingestion = { email = "clarity-ingestion@clarity-test.iam.gserviceaccount.com", role = "projects/clarity-test/roles/clarityRawWriter" }
  }
  secrets        = { user-hash-key = ["clarity-ingestion@clarity-test.iam.gserviceaccount.com"] }
  deployer_email = "clarity-deployer@clarity-test.iam.gserviceaccount.com"
  rules          = "service cloud.firestore {}"
}

run "raw_uploads_are_private_encrypted_and_never_deleted_by_age" {
  command = plan

  module {
    source = "../raw-storage"
  }

  assert {
    condition     = google_storage_bucket.this.public_access_prevention == "enforced" && google_storage_bucket.this.uniform_bucket_level_access
    error_message = "The bucket could be made public."
  }

  assert {
    condition     = google_storage_bucket.this.encryption[0].default_kms_key_name == var.kms_key_id
    error_message = "The bucket has no key of ours."
  }

  assert {
    condition     = google_storage_bucket.this.soft_delete_policy[0].retention_duration_seconds == 604800
    error_message = "A deletion by mistake can be healed for seven days."
  }

  assert {
    condition     = alltrue([for rule in google_storage_bucket.this.lifecycle_rule : one(rule.action).type == "SetStorageClass"])
    error_message = "Only a person's deletion removes raw bytes."
  }

  assert {
    condition     = google_storage_notification.resumable_uploads.object_name_prefix == "incoming/"
    error_message = "Finished resumable uploads are announced."
  }

  assert {
    condition     = toset(google_storage_notification.resumable_uploads.event_types) == toset(["OBJECT_FINALIZE"])
    error_message = "A deletion would be taken for an upload."
  }

  assert {
    condition     = length(google_storage_bucket.this.versioning) == 0
    error_message = "What a person has deleted would stay as an older version."
  }
}

run "secrets_are_encrypted_in_the_region_and_hold_no_value" {
  command = plan

  module {
    source = "../secrets"
  }

  assert {
    condition = alltrue([
      for secret in google_secret_manager_secret.this :
      secret.replication[0].user_managed[0].replicas[0].customer_managed_encryption[0].kms_key_name == var.kms_key_id
    ])
    error_message = "A secret has no key of ours."
  }

  assert {
    condition     = alltrue([for reader in google_secret_manager_secret_iam_member.readers : reader.role == "roles/secretmanager.secretAccessor"])
    error_message = "A service may do more with a secret than read it."
  }
}

run "images_are_encrypted_and_their_tags_final" {
  command = plan

  module {
    source = "../images"
  }

  assert {
    condition     = google_artifact_registry_repository.this.kms_key_name == var.kms_key_id
    error_message = "The images have no key of ours."
  }

  assert {
    condition     = google_artifact_registry_repository.this.docker_config[0].immutable_tags
    error_message = "A tag could come to mean another image."
  }
}

run "records_can_be_restored_for_fourteen_days_and_not_longer" {
  command = plan

  module {
    source = "../records"
  }

  assert {
    condition     = google_firestore_database.this.cmek_config[0].kms_key_name == var.kms_key_id
    error_message = "The database has no key of ours."
  }

  assert {
    condition     = google_firestore_database.this.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED"
    error_message = "The database cannot be read as it was."
  }

  assert {
    condition     = google_firestore_database.this.delete_protection_state == "DELETE_PROTECTION_ENABLED"
    error_message = "The database could be deleted."
  }

  assert {
    condition     = google_firestore_backup_schedule.daily.retention == "1209600s"
    error_message = "An erasure is complete after fourteen days."
  }

  assert {
    condition     = google_firestore_field.upload_keys_expire.collection == "upload-keys" && length(google_firestore_field.upload_keys_expire.ttl_config) == 1
    error_message = "Idempotency keys are never forgotten."
  }

  assert {
    condition = contains(
      [for index in google_firestore_field.uploads_by_id.index_config[0].indexes : index.query_scope], "COLLECTION_GROUP"
    )
    error_message = "An upload cannot be found by its id alone."
  }

  assert {
    condition = (
      toset(keys(google_firestore_field.packed_bytes)) == toset(["parts/bytes", "sample-days/bytes", "sample-days/identities", "tombstones/bytes"]) &&
      alltrue([for field in google_firestore_field.packed_bytes : length(field.index_config) == 1 && length(field.index_config[0].indexes) == 0])
    )
    error_message = "Bytes are indexed, which only costs."
  }

  assert {
    condition     = google_firebaserules_release.this.name == "cloud.firestore" && google_firebaserules_ruleset.this.source[0].files[0].content == var.rules
    error_message = "Clients are not bound by the rules."
  }
}

run "longer_backups_are_refused" {
  command = plan

  module {
    source = "../records"
  }

  variables {
    backup_retention_days = 98
  }

  expect_failures = [var.backup_retention_days]
}

run "keys_rotate" {
  command = plan

  module {
    source = "../kms"
  }

  assert {
    condition     = alltrue([for key in google_kms_crypto_key.this : key.rotation_period == "7776000s"])
    error_message = "A key is older than 90 days."
  }

  assert {
    condition     = toset(keys(google_kms_crypto_key_iam_member.agents)) == toset(keys(google_kms_crypto_key.this))
    error_message = "A key has nobody who may use it."
  }
}
