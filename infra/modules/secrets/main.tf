# The secrets alone: their values are added by hand and never pass through Terraform or its state.
resource "google_secret_manager_secret" "this" {
  for_each = var.secrets

  project             = var.project_id
  secret_id           = each.key
  deletion_protection = true
  version_destroy_ttl = "604800s"

  replication {
    user_managed {
      replicas {
        location = var.region

        customer_managed_encryption {
          kms_key_name = var.kms_key_id
        }
      }
    }
  }
}

locals {
  readers = merge([
    for secret, emails in var.secrets : { for email in emails : "${secret} ${email}" => { secret = secret, email = email } }
  ]...)
}

resource "google_secret_manager_secret_iam_member" "readers" {
  for_each = local.readers

  project   = var.project_id
  secret_id = google_secret_manager_secret.this[each.value.secret].secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${each.value.email}"
}
